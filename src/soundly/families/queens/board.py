"""The board that a statement spells, and its spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

NAME = "n-queens"
MAX_SIDE = 1000

Square: TypeAlias = tuple[int, int]
"""Row and column, both from 1; row 1 is at the top, column 1 at the left."""

Placement: TypeAlias = tuple[tuple[str, ...], ...]
"""An answer as read: pairs of row and column, then pieces that are none, each alone."""

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Board:
    """A board of ``side`` rows and columns, with the queens that stand on it already, in order.

    These queens may attack each other: then no completion is right.
    """

    side: int
    placed: tuple[Square, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.side <= MAX_SIDE:
            raise ValueError(f"side is {self.side}, wanted 1 to {MAX_SIDE}")
        if list(self.placed) != sorted(set(self.placed)):
            raise ValueError("squares are listed twice, or out of order")
        if any(not 1 <= number <= self.side for square in self.placed for number in square):
            raise ValueError(f"a square lies outside the board of side {self.side}")

    def problem(self, name: str) -> Problem:
        """The problem that states this board."""
        placed = " ".join(f"{row}:{column}" for row, column in self.placed)
        return Problem(NAME, name, {"n": str(self.side), "placed": placed})


@lru_cache(maxsize=256)
def board_of(problem: Problem) -> Board:
    """The board of a problem; raises `ProblemError` for a statement that is none.

    ``n`` is the side, ``placed`` has a word ``row:column`` for each queen that stands already;
    where none does it is empty or left out.
    """
    if set(problem.statement) - {"placed"} != {"n"}:
        came = ", ".join(sorted(problem.statement))
        raise ProblemError(f"a problem of n queens states n and placed, and here came {came}")
    side = _number(problem.statement["n"], MAX_SIDE, "a number of queens", "n")
    placed: list[Square] = []
    for word in problem.statement.get("placed", "").split():
        row, mark, column = word.partition(":")
        if not mark:
            raise ProblemError(f"{word!r:.40} came, wanted row:column, as 3:5", source="placed")
        square = _number(row, side, "a row", "placed"), _number(column, side, "a column", "placed")
        if square in placed:
            raise ProblemError(f"a queen is placed on {word:.40} twice", source="placed")
        placed.append(square)
    return Board(side, tuple(sorted(placed)))


def _number(word: str, highest: int, what: str, source: str) -> int:
    if not _NUMBER.fullmatch(word) or int(word) > highest:
        raise ProblemError(f"{word!r:.40} came, wanted {what} from 1 to {highest}", source=source)
    return int(word)
