"""Satisfiability problems as prompts: conditions in English or DIMACS, with or without examples."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.satisfiability.drawing import draw_satisfiable
from soundly.families.satisfiability.formula import Clause, Formula, formula_of
from soundly.families.satisfiability.reading import format_assignment

_NATURAL = (
    "Choose for each of some variables whether it is true or false, so that every one of the "
    "conditions below is met. A condition is met if at least one of its parts is."
)
_FORMAL = (
    "Satisfy a formula in DIMACS CNF: p cnf, the number of variables and the number of clauses; "
    "then the clauses, each ended by 0. A number stands for a variable and a negative number for "
    "its negation. Every clause needs a true literal."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END], as numbers with blanks between "
    "them: a variable's number where it is true, and minus that number where it is false, as in "
    "1 -2 3. A variable may be left out only if its value makes no difference. Write nothing else "
    "between these lines. If you are sure that it cannot be done, write [NO SOLUTION] instead."
)
_EXAMPLE_SIZE = 4


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the task, the form of an answer, worked examples, the problem.

    Examples are formulas that differ from the problem. Raises `ProblemError` for a formula that
    cannot be read.
    """
    asked = formula_of(problem)
    formal = style.language == "formal"
    parts = [_FORMAL if formal else _NATURAL, _FORM]
    size = _EXAMPLE_SIZE + (asked.variables == _EXAMPLE_SIZE)
    for seed in range(style.examples):
        formula, model = draw_satisfiable(size=size, seed=seed)
        stated = _stated(formula, formal=formal)
        parts.append(f"Example problem:\n\n{stated}\n\nAnswer:\n\n{spell(model)}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def spell(model: tuple[int, ...]) -> str:
    """The answer that states these literals."""
    return format_assignment([str(literal) for literal in sorted(model, key=abs)])


def _stated(formula: Formula, *, formal: bool) -> str:
    if formal:
        return formula.problem("stated").statement["formula"].rstrip()
    conditions = [f"{n}. {_condition(clause)}" for n, clause in enumerate(formula.clauses, start=1)]
    variables = (
        "Variable x1." if formula.variables == 1 else f"Variables x1 to x{formula.variables}."
    )
    return "\n".join([variables, *(conditions or ["There are no conditions."])])


def _condition(clause: Clause) -> str:
    if not clause:
        return "this condition has no parts"
    return ", or ".join(
        f"x{abs(literal)} is {'true' if literal > 0 else 'false'}" for literal in clause
    )
