"""Planning problems as prompts: plain English or PDDL, with or without worked examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.interruption import interruption
from soundly.families.planning.pddl import Plan, Task, format_plan
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of
from soundly.families.planning.rung import Rung, Speech
from soundly.families.planning.shown import shown_in, solved_by
from soundly.families.planning.stating import rules_of, stated

_TASK = (
    "Find a plan: a sequence of actions that can be carried out one after another from the "
    "initial state and that ends in a state where the goal holds."
)
_FORM = (
    "Write the plan between a line [PLAN] and a line [PLAN END], one action a line: in parentheses "
    "its name and then its arguments, and nothing else between these lines. If you are sure that "
    "no plan exists, write [NO PLAN] instead."
)
_PROCEDURE = "This is how to go about it:"
_SHOWN = "A problem with a plan that solves it:"
_ONLY_THE_FORM = "An answer has this form (the lines below show only the form and solve nothing):"


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A problem with a valid plan for it, shown before the problem that is asked."""

    problem: Problem
    plan: Plan


def conversation(
    problem: Problem,
    style: PromptStyle,
    *,
    phrases: Phrases,
    examples: Sequence[WorkedExample] = (),
    taught: Rung | None = None,
    worked_by: Rung | None = None,
) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, a lesson, examples, the problem.

    ``taught`` is the procedure that is explained; ``worked_by`` works the examples, and its
    thoughts are shown where ``style`` asks for thoughts. Where ``style`` asks for more examples
    than there are, an answer's form is shown instead, and is said to be no more than that. So it
    is behind a problem that shows solved ones, whose plans are not its answer.

    Raises `ProblemError` for unreadable PDDL.
    """
    task = task_of(problem)
    language = style.language
    parts = [_TASK, rules_of(problem, language, phrases), _FORM]
    if taught is not None:
        parts.append(f"{_PROCEDURE}\n\n{taught.lesson}")
    form = f"{_ONLY_THE_FORM}\n\n{_block(_placeholders(task))}"
    beside, shown = shown_in(problem), examples[: style.examples]
    if style.examples and not shown and not beside:
        parts.append(form)
    for example in shown:
        answer = _answer(example, style, phrases, worked_by)
        example_problem = stated(example.problem, language, phrases)
        parts.append(f"Example problem:\n\n{example_problem}\n\nAnswer:\n\n{answer}")
    for each in beside:
        solved = stated(solved_by(each, problem), language, phrases)
        parts.append(f"{_SHOWN}\n\n{solved}\n\n{_block(format_plan(each.plan))}")
        if each.carried_out is not None:
            speech = Speech(task, phrases, language)
            parts.append(interruption(problem, each, each.carried_out, speech))
    yours = "Your problem" if shown or beside else "The problem"
    parts.append(f"{yours}:\n\n{stated(problem, language, phrases)}")
    if beside:
        parts.append(form)
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _answer(
    example: WorkedExample, style: PromptStyle, phrases: Phrases, worked_by: Rung | None
) -> str:
    """An example's plan as an answer, behind the thoughts that lead to it."""
    if worked_by is None:
        return _block(format_plan(example.plan))
    speech = Speech(task_of(example.problem), phrases, style.language)
    worked = worked_by.work(speech, example.plan)
    answer = _block(format_plan(worked.plan))
    return f"{worked.thoughts}\n\n{answer}" if style.thoughts else answer


def _placeholders(task: Task) -> str:
    """Up to three actions with the names of their parameters in place of objects."""
    actions = list(task.domain.actions.values())[:3]
    return format_plan(
        tuple((a.name, *(p.name.lstrip("?").upper() for p in a.parameters)) for a in actions)
    )


def _block(plan: str) -> str:
    return f"[PLAN]\n{plan}[PLAN END]"
