"""A depth-first search on a small instance, written out for people: what it tries and gives up.

The manner is Stream of Search's (Gandhi et al., arXiv:2404.03683), in words in place of tokens,
with exact fractions and results below zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from soundly.families.arithmetic.expression import Expression, Number, Operation, apply, spell
from soundly.families.arithmetic.statement import Task

MOST_LINES = 40
"""A run that takes more is too long to be shown."""

_MANNER = (
    "I search depth first: I join two numbers, the larger one first, and go on with what is left. "
    "When two numbers are left and nothing makes the target, I go back."
)


@dataclass(frozen=True, slots=True)
class _Held:
    """A number at hand, and how it was made."""

    value: Fraction
    made: Expression


def run_of(task: Task) -> str | None:
    """The search and the expression that it ends with, as an answer.

    None where it takes more than `MOST_LINES` lines, or finds nothing in its manner.
    """
    start = [_Held(Fraction(number), Number(Fraction(number))) for number in task.numbers]
    lines: list[str] = []
    found = _search(start, task, lines)
    if found is None or len(lines) > MOST_LINES:
        return None
    answer = f"[ANSWER]\n{spell(found)} = {task.target}\n[/ANSWER]"
    return "\n".join((_MANNER, *lines, f"That is the target.\n\n{answer}"))


def _search(held: list[_Held], task: Task, lines: list[str]) -> Expression | None:
    """The expression that makes the target, with a line for each step; None where there is none."""
    if len(held) == 2:
        return _last(held, task, lines)
    for said, left in _steps(held):
        if len(lines) > MOST_LINES:
            return None
        if task.use == "any" and left[0].value == task.target:
            lines.append(f"{said}.")
            return left[0].made
        lines.append(f"{said} leaves {_listed(left)}.")
        if (found := _search(left, task, lines)) is not None:
            return found
    return None


def _last(held: list[_Held], task: Task, lines: list[str]) -> Expression | None:
    """What two numbers make, one operation after the other, up to the target."""
    tried: list[str] = []
    for said, left in _steps(held):
        tried.append(said)
        if left[0].value == task.target:
            lines.append(f"From {_listed(held)}: {', '.join(tried)}.")
            return left[0].made
    lines.append(f"From {_listed(held)}: {', '.join(tried)}. None is {task.target}; back.")
    return None


def _steps(held: list[_Held]) -> Iterator[tuple[str, list[_Held]]]:
    """Every way to join two of the numbers, and what is at hand then, the new number first."""
    seen: set[tuple[Fraction, Fraction]] = set()
    for first, second in combinations(range(len(held)), 2):
        low, high = sorted((held[first], held[second]), key=lambda each: each.value)
        if (low.value, high.value) in seen:
            continue
        seen.add((low.value, high.value))
        rest = [each for place, each in enumerate(held) if place not in (first, second)]
        for sign in "+-*/":
            if sign == "/" and low.value == 0:
                continue
            value = apply(sign, high.value, low.value)
            said = f"{spell(Operation(sign, Number(high.value), Number(low.value)))} = {value}"
            yield said, [_Held(value, Operation(sign, high.made, low.made)), *rest]


def _listed(held: list[_Held]) -> str:
    return ", ".join(str(each.value) for each in held)
