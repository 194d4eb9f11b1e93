"""Boards to complete: some queens of a random solution, or queens that leave none."""

from __future__ import annotations

from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.queens.board import MAX_SIDE, Board, Square
from soundly.families.queens.search import Columns, complete

DIAL = Dial(smallest=5, trained=12)
"""A board of side 4 has one solution up to symmetry: too few for two splits."""

_TRIES_A_ROW = 8
"""Before a random search begins anew: the luckless ones are far slower than the others."""

_TRIES_TO_DECIDE = 2_000


def draw_completable(*, size: int, seed: int) -> tuple[Board, Columns]:
    """A board of this side with one queen at least, and two at least to come; and a completion.

    The queens are some of a random solution's. Raises `UsageError` for a side below five, or one
    that is more than a board may have.
    """
    rng = _random("completable", size, seed)
    columns = random_solution(size, rng)
    rows = rng.sample(range(1, size + 1), rng.randint(1, size - 2))
    return Board(size, tuple((row, columns[row - 1]) for row in sorted(rows))), columns


def draw_incompletable(*, size: int, seed: int) -> Board:
    """A board of this side whose queens do not attack each other, and that has no completion.

    Queens are set at random on squares that none attacks, until a search has seen that the board
    cannot be completed: without the last of them it could be, or at least nobody saw that not.
    """
    rng = _random("incompletable", size, seed)
    while True:
        placed: list[Square] = []
        free = [(row, column) for row in range(1, size + 1) for column in range(1, size + 1)]
        while free:
            queen = rng.choice(free)
            placed.append(queen)
            free = [square for square in free if not attack(square, queen)]
            board = Board(size, tuple(sorted(placed)))
            if complete(board, max_tries=_TRIES_TO_DECIDE) == "none":
                return board


def random_solution(side: int, rng: Random) -> Columns:
    """A solution for a side from 4 on. All can come up, and not all as often as each other."""
    while True:
        found = complete(Board(side), max_tries=_TRIES_A_ROW * side, rng=rng)
        if isinstance(found, tuple):
            return found


def attack(first: Square, second: Square) -> bool:
    """Whether queens on these squares attack each other; one and the same square does too."""
    rows, columns = abs(first[0] - second[0]), abs(first[1] - second[1])
    return rows == 0 or columns in (0, rows)


def _random(kind: str, size: int, seed: int) -> Random:
    if not DIAL.smallest <= size <= MAX_SIDE:
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {MAX_SIDE} queens")
    return Random(f"queens {kind} {size} {seed}")  # noqa: S311 - instances are not secrets
