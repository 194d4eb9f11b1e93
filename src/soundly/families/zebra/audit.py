"""What the critic is tried with: near misses, and a twin that tries every arrangement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import permutations
from random import Random

from soundly.families.zebra.puzzle import Puzzle
from soundly.families.zebra.reading import Grid

_ODD_WORDS = (
    "maybe",
    "red or blue",
    "not",
    "c\u0430t",
    "\uff11",
    "99999999999999999999",
    "the",
    "?",
)

_SAYS: Mapping[str, Callable[[int, int], bool]] = {
    "same": lambda a, b: not a - b,
    "apart": lambda a, b: bool(a - b),
    "next": lambda a, b: a - b in (1, -1),
    "just-left": lambda a, b: b - a == 1,
    "left": lambda a, b: b - a > 0,
    "one-between": lambda a, b: a - b in (2, -2),
    "at": lambda a, b: not a - b,
    "not-at": lambda a, b: bool(a - b),
}


def near_miss(grid: Grid, puzzle: Puzzle, rng: Random) -> Grid:
    """The grid after one or two edits. It may still be right."""
    lines = [list(line) for line in grid]
    values = list(puzzle.attribute_of)
    for _ in range(rng.choice((1, 2))):
        at = rng.randrange(len(lines)) if lines else 0
        edit = rng.choice(("move", "swap", "drop", "double", "odd", "house", "line", "exchange"))
        if edit == "line" or not lines:
            lines.insert(at, [rng.choice(("and so on", "maybe", "..."))])
        elif edit == "drop":
            del lines[at]
        elif edit == "double":
            lines.append([lines[at][0], rng.choice(values)])
        elif edit == "move":
            lines[at][0] = str(rng.randint(0, puzzle.houses + 1))
        elif edit == "odd":
            lines[at][-1] = rng.choice(_ODD_WORDS)
        elif edit == "swap":
            other = rng.choice(lines)
            lines[at][-1], other[-1] = other[-1], lines[at][-1]
        elif edit == "exchange":
            _exchange(lines, rng.sample(rng.choice(puzzle.attributes)[1], 2))
        else:
            lines[at][0] = rng.choice(("0", "01", "²", "999999", str(puzzle.houses)))
    return tuple(map(tuple, lines))


def _exchange(lines: list[list[str]], pair: list[str]) -> None:
    """Two values of one attribute change places, which may leave every clue kept."""
    exchanged = {pair[0]: pair[1], pair[1]: pair[0]}
    for line in lines:
        line[-1] = exchanged.get(line[-1], line[-1])


def is_right(attributes: str, clues: str, grid: Grid) -> bool:
    """Whether a grid is one of all that there are, each arrangement tried attribute by attribute.

    Reads the statement by itself. Time grows as the factorial of houses to the power of attributes,
    cut down only by clues about attributes that are arranged already.
    """
    return tuple(sorted(grid)) in solutions(attributes, clues)


@lru_cache(maxsize=64)
def solutions(attributes: str, clues: str) -> frozenset[Grid]:
    """All grids that keep the clues, each in its order as a text sorts."""
    rows = [line.split(":")[1].split() for line in attributes.splitlines() if line]
    said = [line.split() for line in clues.splitlines() if line]
    found = _arranged(rows, said, {})
    return frozenset(
        tuple(sorted((str(house), value) for value, house in each.items())) for each in found
    )


def _arranged(
    rows: list[list[str]], clues: list[list[str]], placed: dict[str, int]
) -> Iterator[dict[str, int]]:
    if not rows:
        yield placed
        return
    for order in permutations(range(1, len(rows[0]) + 1)):
        now = {**placed, **dict(zip(rows[0], order, strict=True))}
        houses = [
            (kind, now.get(a), now.get(b, int(b) if b.isdigit() else None)) for kind, a, b in clues
        ]
        if all(_SAYS[kind](a, b) for kind, a, b in houses if a and b):
            yield from _arranged(rows[1:], clues, now)
