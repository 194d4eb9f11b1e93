"""Completing a board by backtracking: the row with the fewest free squares is filled first."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

from soundly.families.queens.board import Board

Columns: TypeAlias = tuple[int, ...]
"""The column of the queen in each row, from row 1 on; all from 1."""

Completed: TypeAlias = Columns | Literal["none", "stopped"]
"""A completion; or "none", after all were tried; or "stopped", after too many tries."""


def complete(board: Board, *, max_tries: int, rng: Random | None = None) -> Completed:
    """A completion of the board, the same for the same ``rng``; without one, from the left.

    A try is a queen set; each takes time in proportion to the side.
    """
    search = _Search(board.side, dict(board.placed), max_tries, rng)
    if len(search.columns) != len(board.placed):
        return "none"
    for row, column in board.placed:
        if not search.free(row) >> (column - 1) & 1:
            return "none"
        search.mark(row, column)
    search.left = [row for row in range(1, board.side + 1) if row not in search.columns]
    found = search.fill()
    if found is None:
        return "stopped"
    return tuple(column for _, column in sorted(search.columns.items())) if found else "none"


@dataclass(slots=True)
class _Search:
    """Lines under attack as bits: columns, and both diagonals as seen from row 0.

    Bit ``b`` of ``falling`` is the diagonal that meets row ``r`` in bit ``b - side + r``; that of
    ``rising`` meets it in ``b - r``.
    """

    side: int
    columns: dict[int, int]
    tries: int
    rng: Random | None
    straight: int = 0
    falling: int = 0
    rising: int = 0
    left: list[int] | None = None

    def free(self, row: int) -> int:
        """The squares of a row that no queen attacks, the first column in the lowest bit."""
        attacked = self.straight | self.falling >> (self.side - row) | self.rising >> row
        return ~attacked & ((1 << self.side) - 1)

    def mark(self, row: int, column: int) -> None:
        """Set a queen, or take it back."""
        bit = 1 << (column - 1)
        self.straight ^= bit
        self.falling ^= bit << (self.side - row)
        self.rising ^= bit << row

    def fill(self) -> bool | None:
        """Whether the rows left can be filled, and fill them; None when the tries are used up.

        Its stack is its own: a large board is deeper than Python's.
        """
        left = self.left or []
        stack: list[tuple[int, list[int]]] = []
        while True:
            if not left:
                return True
            row, free = self._narrowest(left)
            left.remove(row)
            stack.append((row, _columns(free)))
            while not stack[-1][1]:
                left.append(stack.pop()[0])
                if not stack:
                    return False
                self.mark(stack[-1][0], self.columns.pop(stack[-1][0]))
            if not self.tries:
                return None
            self.tries -= 1
            row, choices = stack[-1]
            at = -1 if self.rng is None else int(self.rng.random() * len(choices))
            self.columns[row] = choices.pop(at)
            self.mark(row, self.columns[row])

    def _narrowest(self, left: list[int]) -> tuple[int, int]:
        best, fewest, chosen = 0, self.side + 1, left[0]
        straight, falling, rising, side = self.straight, self.falling, self.rising, self.side
        full = (1 << side) - 1
        for row in left:
            free = ~(straight | falling >> (side - row) | rising >> row) & full
            count = free.bit_count()
            if count < fewest:
                best, fewest, chosen = free, count, row
                if count < 2:
                    break
        return chosen, best


def _columns(free: int) -> list[int]:
    """The columns of these bits, the first one last."""
    columns: list[int] = []
    while free:
        highest = free.bit_length()
        columns.append(highest)
        free ^= 1 << (highest - 1)
    return columns
