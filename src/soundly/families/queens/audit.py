"""What the critic is tried with: near misses, and a twin that enumerates all solutions."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from soundly.families.queens.board import Placement

_ODD_WORDS = ("0", "-1", "01", "1.0", "²", "\uff12", "b", "99999999999999999999", "2 or 3")


_EDITS = (
    "column",
    "row",
    "drop",
    "double",
    "odd",
    "swap",
    "line",
    "mirror",
    "turn",
    "order",
    "order",
)


def near_miss(placement: Placement, side: int, rng: Random) -> Placement:
    """The placement after one or two edits. It may still be right."""
    lines = [list(line) for line in placement]
    for _ in range(rng.choice((1, 2))):
        at = rng.randrange(len(lines)) if lines else 0
        edit = rng.choice(_EDITS)
        if edit == "line" or not lines:
            lines.insert(at, [rng.choice(("and so on", "maybe", "..?"))])
        elif edit == "drop":
            del lines[at]
        elif edit == "double":
            lines.append([lines[at][0], str(rng.randint(1, side))])
        elif edit == "column":
            lines[at][-1] = str(rng.randint(0, side + 1))
        elif edit == "row":
            lines[at][0] = str(rng.randint(0, side + 1))
        elif edit == "odd":
            lines[at][rng.randrange(len(lines[at]))] = rng.choice(_ODD_WORDS)
        elif edit == "swap":
            other = rng.choice(lines)
            lines[at][-1], other[-1] = other[-1], lines[at][-1]
        elif edit == "turn":
            _mirror(lines, side, 0)
            _mirror(lines, side, 1)
        elif edit == "mirror":
            _mirror(lines, side, rng.randrange(2))
        else:
            rng.shuffle(lines)
    return tuple(map(tuple, lines))


def _mirror(lines: list[list[str]], side: int, place: int) -> None:
    """The mirrored placement, which is right where the queens placed from the start allow it."""
    for line in lines:
        if len(line) == 2 and line[place].isascii() and line[place].isdigit():
            line[place] = str(side + 1 - int(line[place]))


def is_right(n: str, placed: str, placement: Placement) -> bool:
    """Whether a placement is one of all solutions, each written out and compared.

    Reads the statement by itself. Time grows faster than exponentially: for twelve queens at most.
    """
    return tuple(sorted(placement)) in _all(n, placed)


@lru_cache(maxsize=256)
def _all(n: str, placed: str) -> frozenset[Placement]:
    fixed = {tuple(word.split(":")) for word in placed.split()}
    return frozenset(squares for squares in _solutions(int(n)) if fixed <= set(squares))


@lru_cache(maxsize=16)
def _solutions(side: int) -> tuple[Placement, ...]:
    partial: list[list[int]] = [[]]
    for _ in range(side):
        partial = [
            [*columns, column]
            for columns in partial
            for column in range(side)
            if all(abs(column - c) not in (0, len(columns) - r) for r, c in enumerate(columns))
        ]
    return tuple(
        tuple(sorted((str(row + 1), str(column + 1)) for row, column in enumerate(columns)))
        for columns in partial
    )
