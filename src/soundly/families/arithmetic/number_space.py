"""Numbers and a target as states and operators, for solvers that write their operations down."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias, cast

from soundly.core.notation import Words
from soundly.families.arithmetic.statement import Use

LARGEST: Final = 100
"""The largest number that has a word; all of 0 to 100 have one of their own."""
DONE: Final = ";"
"""The word that ends a step."""

_State: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NumberSpace:
    """A state is the numbers at hand in ascending order; a step joins two of them.

    As in Stream of Search (arXiv:2404.03683) results are whole and not below zero; here they are
    not above 100 either. So there are problems with a solution and without a path: of drawn
    Countdown problems of 3 to 5 numbers about one in fifty.
    """

    start: _State
    target: int
    use: Use

    def successors(self, state: Hashable) -> Sequence[tuple[Words, Hashable]]:
        """Every step, written ``9 - 4 = 5 ;`` with the larger number first."""
        numbers = cast("_State", state)
        return [
            (
                (str(larger), sign, str(smaller), "=", str(made), DONE),
                tuple(sorted((*_without(numbers, smaller, larger), made))),
            )
            for smaller, larger in _pairs(numbers)
            for sign, made in _made(larger, smaller)
        ]

    def estimate(self, state: Hashable) -> int:
        """0 at the target, 1 where one step makes it, otherwise 2 or, to use all, one a number."""
        numbers = cast("_State", state)
        if self._is_goal(numbers):
            return 0
        spare = len(numbers) - 2
        if spare >= 0 and (self.use == "any" or spare == 0):
            for smaller, larger in _pairs(numbers):
                if any(made == self.target for _, made in _made(larger, smaller)):
                    return 1
        return 2 if self.use == "any" else max(spare + 1, 2)

    def words(self, state: Hashable) -> Words:
        """The numbers at hand."""
        return tuple(map(str, cast("_State", state)))

    def _is_goal(self, numbers: _State) -> bool:
        return self.target in numbers and (self.use == "any" or len(numbers) == 1)


def _pairs(numbers: _State) -> list[tuple[int, int]]:
    return sorted(set(combinations(numbers, 2)))


def _without(numbers: _State, *used: int) -> list[int]:
    left = list(numbers)
    for number in used:
        left.remove(number)
    return left


def _made(larger: int, smaller: int) -> Iterator[tuple[str, int]]:
    if larger + smaller <= LARGEST:
        yield "+", larger + smaller
    yield "-", larger - smaller
    if larger * smaller <= LARGEST:
        yield "*", larger * smaller
    if smaller and larger % smaller == 0:
        yield "/", larger // smaller
