"""The kinds ``pddl-verdict`` and ``pddl-state``: what becomes of a plan that the problem states.

The statement has the fields "domain", "problem", "plan" (one action a line) and "task", which is
"verification" or "execution". Evidence: ``{"answer": […]}``.

``pddl-verdict`` wants ``valid``; or ``invalid: step 3``, the first step that cannot run, and then
each literal that its precondition lacks; or ``invalid: goal`` and each literal that the goal lacks.
``pddl-state`` wants every fact that is true after the plan and that actions can change; other facts
may be there if they are so, negated ones included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.formula import (
    And,
    Atom,
    Binding,
    ForAll,
    Formula,
    Literal,
    choices,
    ground,
    holds,
    spell,
)
from soundly.kernel.pddl import read_task
from soundly.kernel.plan import ground_step, step_cost
from soundly.kernel.refused import Refused
from soundly.kernel.task import Action, Task, apply
from soundly.kernel.text import name, read_expression, show

_FIELDS = {"domain", "problem", "plan", "task"}


def check_verdict(statement: Mapping[str, object], evidence: object) -> str:
    """Executes the stated plan and refuses every verdict but the one that follows."""
    task, plan = _read(statement, "verification")
    head, lacking = _verdict(task, plan)
    given = _answer(evidence)
    if given[:1] != [head]:
        raise Refused(f"the verdict is {head!r}, not {' '.join(given[:1])!r:.80}")
    if set(given[1:]) != lacking:
        raise Refused(f"unmet are {_listed(lacking)}, not {_listed(set(given[1:]))}")
    return f"the plan of {amount(len(plan), 'step')} is {head}"


def check_state(statement: Mapping[str, object], evidence: object) -> str:
    """Executes the stated plan and refuses unless just the facts are listed that hold then."""
    task, plan = _read(statement, "execution")
    state = task.init
    for number, (action, binding) in enumerate(plan, start=1):
        if not holds(action.precondition, binding, state):
            raise Refused(f"step {number} of the stated plan does not apply")
        state = apply(action, binding, state)
    given = set(_answer(evidence))
    missing = {spell(atom) for atom in state if atom[0] in task.fluents} - given
    if missing:
        raise Refused(f"true and not listed: {_listed(missing)}")
    for entry in sorted(given - {spell(atom) for atom in state}):
        _require_false(entry, task, state)
    return f"the state after {amount(len(plan), 'step')} has the listed facts"


def _read(
    statement: Mapping[str, object], wanted: str
) -> tuple[Task, list[tuple[Action, Binding]]]:
    if set(statement) != _FIELDS or statement["task"] != wanted:
        raise Refused(f"the statement has to have {sorted(_FIELDS)}, the task being {wanted!r}")
    task = read_task({key: statement[key] for key in ("domain", "problem")})
    text = statement["plan"]
    if not isinstance(text, str):
        raise Refused("the plan has to be a string")
    plan: list[tuple[Action, Binding]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        action, binding = ground_step(task, line, number)
        step_cost(task, action, binding, number)
        plan.append((action, binding))
    return task, plan


def _verdict(task: Task, plan: list[tuple[Action, Binding]]) -> tuple[str, set[str]]:
    state = task.init
    for number, (action, binding) in enumerate(plan, start=1):
        if not holds(action.precondition, binding, state):
            return f"invalid: step {number}", set(_unmet(action.precondition, binding, state))
        state = apply(action, binding, state)
    if holds(task.goal, {}, state):
        return "valid", set()
    return "invalid: goal", set(_unmet(task.goal, {}, state))


def _unmet(formula: Formula, binding: Binding, state: frozenset[Atom]) -> Iterator[str]:
    """The literals among the conjuncts that do not hold; a failed disjunction names none."""
    match formula:
        case And(parts):
            for part in parts:
                yield from _unmet(part, binding, state)
        case ForAll(variables, body):
            for inner in choices(variables, binding):
                yield from _unmet(body, inner, state)
        case Literal(atom, positive) if atom[0] != "=" and not holds(formula, binding, state):
            fact = spell(ground(atom, binding))
            yield fact if positive else f"(not {fact})"
        case _:
            return


def _require_false(entry: str, task: Task, state: frozenset[Atom]) -> None:
    """Refuses all but the negation of a fact that is false."""
    expression = read_expression(entry, "fact")
    match expression:
        case ["not", list(terms)]:
            atom = tuple(name(term, "part of a fact") for term in terms)
            declared = bool(atom) and task.predicates.get(atom[0]) == len(atom) - 1
            if declared and atom not in state:
                return
    raise Refused(f"{show(expression)} is listed and is not so")


def _answer(evidence: object) -> list[str]:
    (entries,) = fields_of(evidence, "answer")
    listed = list_of(entries, "answer")
    texts = [entry for entry in listed if isinstance(entry, str)]
    if len(texts) != len(listed):
        raise Refused("every entry of the answer has to be a string")
    return texts


def _listed(entries: set[str]) -> str:
    text = " ".join(sorted(entries)) or "none"
    return text if len(text) <= 200 else f"{text[:199]}…"
