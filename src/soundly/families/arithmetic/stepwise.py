"""Answers step by step: each line joins numbers at hand, and its result is at hand behind it."""

from __future__ import annotations

from collections.abc import Iterator

from soundly.core.stepwise import Prefix, Steps
from soundly.core.verdict import Critique
from soundly.families.arithmetic.critic import Working
from soundly.families.arithmetic.notation import formulas
from soundly.families.arithmetic.statement import Task

_OF_THE_END = ("target-missed", "number-left-over")
"""Codes that say no more than that the answer is not at its end."""


def steps_in(text: str) -> Steps:
    """Every formula of the text, in order; of a line with thoughts in tags, as of any other."""
    return tuple(formula for line in text.splitlines() for formula in formulas(line))


def judge_steps(task: Task, steps: Steps) -> Prefix:
    """Dead at the first line with a fault, or where one number is left and is not the target.

    The state is the numbers at hand, in ascending order.
    """
    for count in range(1, len(steps) + 1):
        if faults := tuple(_faults(Working(task, steps[:count]), count)):
            standing = Working(task, steps[: count - 1])
            return Prefix(steps, count - 1, _state(standing), faults)
    working = Working(task, steps)
    complete = bool(steps) and not working.critiques
    over = () if complete else tuple(_over(task, working))
    return Prefix(steps, len(steps), _state(working), over, complete=complete)


def tell_steps(task: Task, prefix: Prefix) -> str:
    """The lines that stand, and the numbers at hand behind them."""
    steps = prefix.steps[: prefix.reach]
    left = ", ".join(map(str, Working(task, steps).left))
    return "\n".join(("Steps so far:", *steps, "", f"Numbers at hand now: {left}"))


def _faults(working: Working, last: int) -> Iterator[Critique]:
    """What is wrong with the last line; the lines before it are known to be right."""
    for critique in working.critiques:
        if critique.code not in _OF_THE_END:
            where = f"line {last}"
            yield Critique(critique.code, critique.message, where, last, critique.repair)


def _over(task: Task, working: Working) -> Iterator[Critique]:
    if len(working.left) == 1:
        message = f"{working.left[0]} alone is left, and it is not {task.target}"
        yield Critique("target-missed", message, "result")


def _state(working: Working) -> str:
    return " ".join(map(str, working.left))
