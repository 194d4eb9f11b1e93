"""Logic grid puzzles as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.zebra import audit
from soundly.families.zebra.canonical import canonical_form
from soundly.families.zebra.critic import ZebraCritic, check, grid_of
from soundly.families.zebra.drawing import DIAL, draw_contradictory, draw_solvable
from soundly.families.zebra.prompts import conversation, spell
from soundly.families.zebra.puzzle import NAME, puzzle_of
from soundly.families.zebra.reading import format_grid, read_answer
from soundly.families.zebra.search import proof_of_uniqueness
from soundly.families.zebra.solver import ZebraSolver

_FAR = 6
"""Digits beyond which a number is no house, and is not turned into one."""


@dataclass(frozen=True, slots=True)
class ZebraFamily:
    """Logic grids; a size is a number of houses, and of attributes as well, 2 to 8.

    A problem of one's own may have any number of either up to 20.
    """

    name: str = NAME
    critic: ZebraCritic = field(default_factory=ZebraCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One SAT solver, which finds or proves."""
        return (ZebraSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed, with exactly one solution and no clue too many."""
        puzzle = draw_solvable(houses=size, attributes=size, seed=seed).puzzle
        return puzzle.problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance without a solution, which has one when any one clue is left out."""
        puzzle = draw_contradictory(houses=size, attributes=size, seed=seed)
        return puzzle.problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """The answer to the instance that `draw` gives: the solution hidden in it, no search."""
        drawn = draw_solvable(houses=size, attributes=size, seed=seed)
        return spell(drawn.puzzle, drawn.houses)

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in words and order, as `canonical` says."""
        return canonical_form(puzzle_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable puzzle."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:
        """The grid that an answer proposes, as `read_answer` says."""
        return read_answer(puzzle_of(problem), text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The grid as evidence, word by word as it was read.

        Where the problem says that it has at most one solution, and a short search shows that the
        candidate is the only one, the proof of that goes with it, and the kind is "zebra-unique".
        """
        puzzle, grid = puzzle_of(problem), grid_of(candidate)
        evidence: dict[str, object] = {"houses": [_pair(line) for line in grid]}
        if puzzle.promised and check(puzzle, grid).accepted:
            placed = {line[1]: int(line[0]) for line in grid}
            proof = proof_of_uniqueness(puzzle, [placed[each] for each in puzzle.attribute_of])
            if proof is not None:
                evidence["proof"] = proof
        kind = "zebra-unique" if "proof" in evidence else "zebra"
        return certify(problem, claim="solved", kind=kind, evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A grid with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no grid.
        """
        puzzle = puzzle_of(problem)
        reading = read_answer(puzzle, answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of grids, not of {answer!r:.80}")
        grid = grid_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_grid(audit.near_miss(grid, puzzle, rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the grid is among all solutions; for five houses at most."""
        stated = problem.statement
        return audit.is_right(stated["attributes"], stated["clues"], grid_of(candidate))


def _pair(line: tuple[str, ...]) -> list[object]:
    """A value and its house; a house that is no plain number stays as it was read."""
    if len(line) != 2:
        return list(line)
    house, value = line
    plain = house.isascii() and house.isdigit() and house[0] != "0" and len(house) <= _FAR
    return [value, int(house) if plain else house]
