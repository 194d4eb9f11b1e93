"""Planning problems as prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soundly.core.completion import Message
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.pddl import Plan
from soundly.families.planning.phrases import Phrases


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A problem with a valid plan for it, to show before the problem that is asked."""

    problem: Problem
    plan: Plan


def conversation(
    problem: Problem,
    style: PromptStyle,
    *,
    phrases: Phrases,
    examples: Sequence[WorkedExample] = (),
) -> tuple[Message, ...]:
    """One user message: how to answer, worked examples, the problem."""
    domain, stated = problem.statement["domain"], problem.statement["problem"]
    text = (
        "Solve this planning problem. Answer with the plan between the lines [PLAN] and "
        f"[PLAN END], one action a line, such as (name argument).\n\n{domain}\n\n{stated}"
    )
    return (Message("user", text),)
