"""Exhaustive search that meets in the middle, and what it leaves behind where nothing is found.

``reach`` holds what every choice of up to half of the numbers can make. ``need`` goes the other
way: what a larger choice would have to make, so that with some of the numbers outside it the
target comes out. Of the two parts of any expression one is made of at most half of the numbers, so
every expression is met by a value that is both needed and reached. Six numbers take a few thousand
values where the forward tables alone would take millions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from soundly.families.arithmetic.expression import Expression, Number, Operation
from soundly.families.arithmetic.statement import Task

Choice: TypeAlias = tuple[int, ...]
Reach: TypeAlias = dict[Choice, dict[Fraction, Expression]]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the gap that a needed value would fill.

    ``sign`` joins the gap with ``other``, and ``outer`` is what stands around both.
    """

    sign: str
    other: Expression
    gap_is_left: bool
    outer: Around | None

    def filled(self, inner: Expression) -> Expression:
        """The whole expression, with ``inner`` in the gap."""
        around: Around | None = self
        while around is not None:
            sides = (inner, around.other) if around.gap_is_left else (around.other, inner)
            inner = Operation(around.sign, *sides)
            around = around.outer
        return inner


Need: TypeAlias = dict[Choice, dict[Fraction, "Around | None"]]


Evidence: TypeAlias = dict[str, dict[str, list[str]]]
"""Tables of reached and of needed values, as `soundly.kernel.exhaustion` reads them."""


def search(task: Task) -> Expression | Evidence:
    """An expression that makes the target, or the evidence that there is none."""
    numbers = tuple(sorted(task.numbers))
    target = Fraction(task.target)
    reach, need = _reach(numbers), _empty_need(numbers)
    for choice in sorted([*reach, *need], key=len, reverse=True):
        if task.use == "any" or choice == numbers:
            if choice in need:
                need[choice][target] = None
            elif target in reach[choice]:
                return reach[choice][target]
    for choice, values in need.items():
        found = _spread(choice, values, reach, need)
        if found is not None:
            return found
    return {"reach": _texts(reach, smallest=2), "need": _texts(need, smallest=1)}


@lru_cache(maxsize=64)
def _reach(numbers: Choice) -> Reach:
    reach: Reach = {(number,): {Fraction(number): Number(Fraction(number))} for number in numbers}
    if len(numbers) == 1:
        return {}
    for size in range(2, len(numbers) // 2 + 1):
        for choice in sorted(set(combinations(numbers, size))):
            table = reach[choice] = {}
            for first, second in _parts(choice):
                for a, left in reach[first].items():
                    for b, right in reach[second].items():
                        for sign, made in _made(a, b):
                            table.setdefault(made, Operation(sign, left, right))
    return reach


def _empty_need(numbers: Choice) -> Need:
    sizes = range(len(numbers), len(numbers) // 2, -1)
    return {choice: {} for size in sizes for choice in sorted(set(combinations(numbers, size)))}


def _spread(
    choice: Choice, values: Mapping[Fraction, Around | None], reach: Reach, need: Need
) -> Expression | None:
    """Passes what a choice has to make on to its parts; the expression, where it is met."""
    if len(choice) == 1:
        number = Fraction(choice[0])
        return Number(number) if number in values else None
    for unknown, known in _parts(choice):
        if (len(known), known) > (len(unknown), unknown):
            continue  # the other order asks the same with fewer values
        for b, other in reach[known].items():
            for value, outer in values.items():
                if not value and not b:
                    around = Around("*", other, True, outer)
                    return around.filled(_sum(unknown))
                for sign, gap_is_left, a in _needed(value, b):
                    if unknown in need:
                        need[unknown].setdefault(a, Around(sign, other, gap_is_left, outer))
                    elif a in reach[unknown]:
                        return Around(sign, other, gap_is_left, outer).filled(reach[unknown][a])
    return None


def _made(a: Fraction, b: Fraction) -> Iterator[tuple[str, Fraction]]:
    yield "+", a + b
    yield "*", a * b
    yield "-", a - b
    if b:
        yield "/", a / b


def _needed(value: Fraction, b: Fraction) -> Iterator[tuple[str, bool, Fraction]]:
    """Every a of which an operation with b makes the value: its sign, whether a is left, and a."""
    yield "+", True, value - b
    yield "-", True, value + b
    yield "-", False, b - value
    if b:
        yield "*", True, value / b
        yield "/", True, value * b
        if value:
            yield "/", False, b / value


@lru_cache(maxsize=4096)
def _parts(choice: Choice) -> tuple[tuple[Choice, Choice], ...]:
    """Every way to part a choice in two, each of the two in either place."""
    places = range(len(choice))
    return tuple(
        sorted(
            {
                (
                    tuple(choice[place] for place in inside),
                    tuple(choice[place] for place in places if place not in inside),
                )
                for size in range(1, len(choice))
                for inside in combinations(places, size)
            }
        )
    )


def _sum(choice: Choice) -> Expression:
    whole: Expression = Number(Fraction(choice[0]))
    for number in choice[1:]:
        whole = Operation("+", whole, Number(Fraction(number)))
    return whole


def _texts(
    tables: Mapping[Choice, Mapping[Fraction, object]], *, smallest: int
) -> dict[str, list[str]]:
    return {
        " ".join(map(str, choice)): [str(value) for value in sorted(values)]
        for choice, values in tables.items()
        if len(choice) >= smallest
    }
