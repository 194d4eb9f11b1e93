"""The critic of logic grids: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.zebra.puzzle import RELATIONS, Clue, Puzzle, puzzle_of
from soundly.families.zebra.reading import Grid
from soundly.families.zebra.words import sentence


@dataclass(frozen=True, slots=True)
class ZebraCritic:
    """Accepts exactly the answers that place each value once, one of a kind a house, by all clues.

    A rejection lists every line that is none, every unknown house or value, every value that is
    missing or placed twice, every house with two values of one attribute, and every clue that is
    not kept. Whether a solution is the only one is not the critic's to say.
    """

    name: str = "zebra"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no grid."""
        return check(puzzle_of(problem), grid_of(candidate))


def grid_of(candidate: Candidate) -> Grid:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not isinstance(solution, tuple):
        raise CriticError(f"a grid is a tuple of pairs, not a {type(solution).__name__}")
    for line in solution:
        words = line if isinstance(line, tuple) else ()
        if len(words) not in (1, 2) or not all(isinstance(word, str) for word in words):
            raise CriticError(f"a grid has pairs of house and value, not {line!r:.80}")
    return solution


def check(puzzle: Puzzle, grid: Grid) -> Verdict:
    """The verdict on a grid for this puzzle."""
    houses = {str(house): house for house in range(1, puzzle.houses + 1)}
    placed: dict[str, list[int]] = {}
    critiques: list[Critique] = []
    for line in grid:
        if len(line) != 2:
            message = f"{line[0]!r:.80} is no house with its values, as in House 1: red, cat"
            critiques.append(Critique("unclear-line", message))
        elif line[0] not in houses:
            message = f"{line[0]!r:.40} is no house: they are 1 to {puzzle.houses}"
            critiques.append(Critique("unknown-house", message))
        elif line[1] not in puzzle.attribute_of:
            message = f"{line[1]!r:.80} is none of the values"
            critiques.append(Critique("unknown-value", message, where=f"house {line[0]}"))
        else:
            placed.setdefault(line[1], []).append(houses[line[0]])
    once = {value: where[0] for value, where in placed.items() if len(where) == 1}
    for value, where in placed.items():
        if value not in once:
            said = " and ".join(map(str, where))
            critiques.append(Critique("placed-twice", f"it is placed in house {said}", where=value))
    critiques += _uneven(puzzle, placed)
    critiques += _broken(puzzle, once)
    return reject(*critiques) if critiques else ACCEPT


def _uneven(puzzle: Puzzle, placed: Mapping[str, list[int]]) -> Iterator[Critique]:
    """Values in no house, and houses with two values of one attribute."""
    for name, values in puzzle.attributes:
        taken: dict[int, list[str]] = {}
        for value in values:
            for house in dict.fromkeys(placed.get(value, ())):
                taken.setdefault(house, []).append(value)
        bare = [str(house) for house in range(1, puzzle.houses + 1) if house not in taken]
        for value in values:
            if value not in placed:
                repair = f"house {' or '.join(bare)} has no {name} yet" if bare else None
                message = f"this {name} is in no house"
                yield Critique("missing-value", message, where=value, repair=repair)
        for house, several in sorted(taken.items()):
            if len(several) > 1:
                message = f"it has more than one {name}: {', '.join(several)}"
                yield Critique("two-values", message, where=f"house {house}")


def _broken(puzzle: Puzzle, once: Mapping[str, int]) -> Iterator[Critique]:
    """Clues that are not kept; those about values that are not in exactly one house are left."""
    for number, clue in enumerate(puzzle.clues, start=1):
        other = once.get(clue.other) if isinstance(clue.other, str) else clue.other
        house = once.get(clue.value)
        if house is None or other is None or RELATIONS[clue.kind](house, other):
            continue
        said = f"{clue.value} is in house {house}"
        if isinstance(clue.other, str):
            said += f" and {clue.other} in house {other}"
        message = f"{said}, but: {sentence(puzzle, clue)}"
        repair = _repair(puzzle, clue, other)
        yield Critique("clue-not-kept", message, where=f"clue {number}", repair=repair)


def _repair(puzzle: Puzzle, clue: Clue, other: int) -> str:
    """Where the first value could be, the other one staying where it is."""
    holds = RELATIONS[clue.kind]
    fit = [str(house) for house in range(1, puzzle.houses + 1) if holds(house, other)]
    if not fit:
        return f"{clue.other} cannot stay in house {other}"
    stays = f"with {clue.other} in house {other}, " if isinstance(clue.other, str) else ""
    return f"{stays}{clue.value} can only be in house {' or '.join(fit)}"
