"""Planning problems as prompts: plain English or PDDL, with or without worked examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.english import English, words
from soundly.families.planning.manual import describe_action, value_of
from soundly.families.planning.pddl import Plan, Task, format_plan
from soundly.families.planning.pddl.syntax import format_number
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of

_TASK = (
    "Find a plan: a sequence of actions that can be carried out one after another from the "
    "initial state and that ends in a state where the goal holds."
)
_FORM = (
    "Write the plan between a line [PLAN] and a line [PLAN END], one action a line: in parentheses "
    "its name and then its arguments, and nothing else between these lines. If you are sure that "
    "no plan exists, write [NO PLAN] instead."
)
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
) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Where ``style`` asks for more examples than there are, an answer's form is shown instead, and
    is said to be no more than that. Raises `ProblemError` for unreadable PDDL.
    """
    task = task_of(problem)
    formal = style.language == "formal"
    stated = _formally if formal else _naturally
    parts = [_TASK, _rules_formally(problem) if formal else _rules(task, phrases), _FORM]
    shown = examples[: style.examples]
    if style.examples and not shown:
        parts.append(f"{_ONLY_THE_FORM}\n\n{_block(_placeholders(task))}")
    for example in shown:
        answer = _block(format_plan(example.plan))
        parts.append(
            f"Example problem:\n\n{stated(example.problem, phrases)}\n\nAnswer:\n\n{answer}"
        )
    parts.append(f"{'Your problem' if shown else 'The problem'}:\n\n{stated(problem, phrases)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _rules(task: Task, phrases: Phrases) -> str:
    english = English(phrases)
    actions = [describe_action(action, english) for action in task.domain.actions.values()]
    manual = "\n".join(actions)
    return f"These are the actions. What an action does not mention stays as it is.\n\n{manual}"


def _rules_formally(problem: Problem) -> str:
    return f"The domain in PDDL:\n\n{_without_comments(problem.statement['domain'])}"


def _formally(problem: Problem, phrases: Phrases) -> str:  # noqa: ARG001 - PDDL has no phrases
    return _without_comments(problem.statement["problem"])


def _without_comments(text: str) -> str:
    """PDDL text as the parser takes it: what a file's author noted is not part of the problem."""
    kept = [
        bare
        for line in text.splitlines()
        if (bare := line.partition(";")[0].rstrip()) or not line.strip()
    ]
    return "\n".join(kept).strip()


def _naturally(problem: Problem, phrases: Phrases) -> str:
    task = task_of(problem)
    english = English(phrases)
    facts = [fact for atom in sorted(task.init) if (fact := english.atom(atom[0], atom[1:]))]
    facts += [
        f"{value_of(value[0], value[1:], english)} is {format_number(number)}"
        for value, number in task.values.items()
    ]
    goals = english.conjuncts(task.goal)
    return "\n".join(
        [
            f"Objects: {_objects(task, english)}.",
            "Initial state (whatever is not listed is false):",
            *[f"- {fact}" for fact in facts],
            "Goal (all of it has to hold at the end):",
            *[f"- {goal}" for goal in goals],
        ]
    )


def _objects(task: Task, english: English) -> str:
    """Every object with its type, and with its name where its phrase does not end in it."""
    said: list[str] = []
    for name, declared in task.objects.items():
        phrase = english.term(name)
        kind = "" if declared == "object" else f" ({words(declared)})"
        written = "" if phrase.split(" ")[-1] == name else f" (written {name})"
        said.append(f"{phrase}{kind}{written}")
    return ", ".join(said) or "none"


def _placeholders(task: Task) -> str:
    """Up to three actions with the names of their parameters in place of objects."""
    actions = list(task.domain.actions.values())[:3]
    return format_plan(
        tuple((a.name, *(p.name.lstrip("?").upper() for p in a.parameters)) for a in actions)
    )


def _block(plan: str) -> str:
    return f"[PLAN]\n{plan}[PLAN END]"
