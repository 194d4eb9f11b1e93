"""Puzzles drawn around a hidden solution, thinned until every clue is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import FamilyError, UsageError
from soundly.families.zebra.puzzle import PLACED, RELATIONS, Clue, Puzzle
from soundly.families.zebra.search import Search, SearchLimit, numbered
from soundly.families.zebra.words import VALUES

DIAL = Dial(smallest=2, trained=5)
LARGEST = 8

_WEIGHTS = {
    "same": 6.0,
    "next": 3.0,
    "just-left": 3.0,
    "one-between": 3.0,
    "left": 3.0,
    "apart": 1.0,
    "at": 1.0,
    "not-at": 1.0,
}
"""How early a clue of a kind is taken up; ``at`` tells most and ``apart`` least."""

_CONTRADICTIONS = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A puzzle with the house of each value, in the order of the statement."""

    puzzle: Puzzle
    houses: tuple[int, ...]


def draw_solvable(*, houses: int, attributes: int, seed: int) -> Drawn:
    """A puzzle with exactly one solution, no clue of which can be left out.

    Clues that hold in a hidden solution are taken up until no other solution is left, and then each
    is left out if it can be. Raises `UsageError` for fewer than two houses or attributes, or more
    than eight.
    """
    rng = _random("solvable", houses, attributes, seed)
    grid, placed = _hidden(rng, houses, attributes)
    known = [1 << house - 1 for house in placed]
    pool = _weighted(rng, _clues(rng, grid, placed, holding=True))
    clues = _thinned(grid, _enough(grid, pool, known), known, rng)
    return Drawn(_stated(grid, clues, rng), placed)


def draw_contradictory(*, houses: int, attributes: int, seed: int) -> Puzzle:
    """A puzzle without a solution that has one as soon as any one of its clues is left out.

    It begins as `draw_solvable`; a clue that contradicts the hidden solution is added, and the
    others are left out where they can be. Of several such clues it is the one that keeps most.
    """
    rng = _random("contradictory", houses, attributes, seed)
    grid, placed = _hidden(rng, houses, attributes)
    known = [1 << house - 1 for house in placed]
    pool = _weighted(rng, _clues(rng, grid, placed, holding=True))
    base = _enough(grid, pool, known)
    wrong = [each for each in _clues(rng, grid, placed, holding=False) if each.kind not in PLACED]
    best: list[Clue] = []
    for contradiction in rng.sample(wrong, min(_CONTRADICTIONS, len(wrong))):
        clues = _thinned(grid, [*base, contradiction], None, rng)
        best = max(best, clues, key=len)
    return _stated(grid, best, rng)


def _enough(grid: Puzzle, pool: Sequence[Clue], known: list[int]) -> list[Clue]:
    """The shortest beginning of the pool that leaves no other solution."""
    few, many = 0, len(pool)
    while few < many:
        middle = (few + many) // 2
        if _is_needed(grid, pool[:middle], known):
            few = middle + 1
        else:
            many = middle
    return list(pool[:many])


def _thinned(grid: Puzzle, clues: list[Clue], known: list[int] | None, rng: Random) -> list[Clue]:
    """The clues without those that can be left out, plain places first; what excludes is kept."""
    for clue in sorted(rng.sample(clues, len(clues)), key=lambda each: each.kind != "at"):
        fewer = [each for each in clues if each is not clue]
        if not _is_needed(grid, fewer, known):
            clues = fewer
    return clues


def _is_needed(grid: Puzzle, fewer: Sequence[Clue], known: list[int] | None) -> bool:
    """Whether so few clues leave another solution than the known one."""
    search = Search(grid.houses, len(grid.attribute_of))
    try:
        return search.other_than(known, numbered(grid, fewer)) is not None
    except SearchLimit as limit:
        raise FamilyError(
            f"a puzzle of {grid.houses} houses took more than {search.max_choices} choices: "
            "draw another seed"
        ) from limit


def _hidden(rng: Random, houses: int, attributes: int) -> tuple[Puzzle, tuple[int, ...]]:
    """A puzzle without clues, and a solution for it."""
    names = rng.sample(sorted(VALUES), attributes)
    grid = Puzzle(tuple((name, tuple(rng.sample(VALUES[name], houses))) for name in names), ())
    row = range(1, houses + 1)
    return grid, tuple(house for _ in names for house in rng.sample(row, houses))


def _clues(rng: Random, grid: Puzzle, placed: Sequence[int], *, holding: bool) -> Iterator[Clue]:
    """A clue about each pair of values and about each value, all true or all false."""
    values = list(grid.attribute_of)
    for one, two in combinations(range(len(values)), 2):
        first, second = (one, two) if rng.random() < 0.5 else (two, one)
        alike = grid.attribute_of[values[one]] == grid.attribute_of[values[two]]
        kinds = [
            kind
            for kind, holds in RELATIONS.items()
            if kind not in PLACED
            and not (alike and kind in ("same", "apart"))
            and holds(placed[first], placed[second]) == holding
        ]
        if kinds:
            weights = [_WEIGHTS[kind] for kind in kinds]
            yield Clue(rng.choices(kinds, weights)[0], values[first], values[second])
    for value, house in zip(values, placed, strict=True):
        wrong = rng.choice([each for each in range(1, grid.houses + 1) if each != house])
        kind = rng.choice(PLACED)
        yield Clue(kind, value, house if (kind == "at") == holding else wrong)


def _weighted(rng: Random, clues: Iterator[Clue]) -> list[Clue]:
    """The clues in a random order, in which those of a high weight tend to come early.

    The key is that of weighted sampling without replacement (Efraimidis and Spirakis, 2006).
    """
    keyed = [(rng.random() ** (1 / _WEIGHTS[clue.kind]), clue) for clue in clues]
    return [clue for _, clue in sorted(keyed, key=lambda each: -each[0])]


def _stated(grid: Puzzle, clues: list[Clue], rng: Random) -> Puzzle:
    return Puzzle(grid.attributes, tuple(rng.sample(clues, len(clues))), promised=True)


def _random(kind: str, houses: int, attributes: int, seed: int) -> Random:
    for name, number in (("houses", houses), ("attributes", attributes)):
        if not DIAL.smallest <= number <= LARGEST:
            raise UsageError(f"{name} is {number}, wanted {DIAL.smallest} to {LARGEST}")
    return Random(f"{kind} {houses} {attributes} {seed}")  # noqa: S311 - instances are not secrets
