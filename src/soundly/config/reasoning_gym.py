"""reasoning-gym's data sets by name: those whose puzzle we know are judged by our own critics.

Families know nothing of each other, so the bridges stand here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from soundly.config.registry import load
from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.critic import Critic
from soundly.core.dial import Dial
from soundly.core.errors import FamilyError, UsageError
from soundly.core.family import Audited, Family, PromptStyle, Solves
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.arithmetic.statement import Task
from soundly.families.coloring.graph import Graph, edges_between
from soundly.families.queens.board import Board
from soundly.families.reasoninggym import gym
from soundly.families.reasoninggym.family import DataSet, StatedEntries
from soundly.families.reasoninggym.family import reasoning_gym as data_set

_KEPT = 1_000
_SUM = re.compile(r"([^=]+)(?:= ?([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Bridge:
    """From a data set to a family of ours, and from an answer of ours back to theirs.

    ``problem`` takes an entry and a name, and raises `ValueError` for an entry that our family
    cannot state. ``spell`` is None for an answer that cannot be said in the data set's form.
    """

    family: str
    problem: Callable[[gym.Entry, str], Problem]
    spell: Callable[[Problem, Found], str | None]


@dataclass(frozen=True, slots=True)
class BridgedDataSet:
    """A data set's instances as problems of our own family, which words, reads and judges them.

    A size is a level of the data set's curriculum. Its scorer is asked nothing.
    """

    data_set: DataSet
    bridge: Bridge
    ours: Family
    _origins: dict[str, Problem] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The name of our family, which its problems carry."""
        return self.ours.name

    @property
    def critic(self) -> Critic:
        """Our family's critic."""
        return self.ours.critic

    @property
    def dial(self) -> Dial:
        """The levels of the data set's curriculum."""
        return self.data_set.dial

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """Our family's solvers."""
        ours: object = self.ours
        return ours.solvers if isinstance(ours, Solves) else ()

    def draw(self, *, size: int, seed: int) -> Problem:
        """The data set's entry of this level and seed, stated as our family states it.

        Raises `UsageError` for a level without entries that our family can state.
        """
        theirs = self.data_set.draw(size=size, seed=seed)
        try:
            problem = self.bridge.problem(gym.entry_of(theirs), theirs.name)
        except ValueError as error:
            raise UsageError(f"{theirs.name} cannot be stated as {self.name}: {error}") from error
        while len(self._origins) >= _KEPT:
            self._origins.pop(next(iter(self._origins)))
        self._origins[problem.digest] = theirs
        return problem

    def theirs(self, problem: Problem, text: str) -> tuple[Problem, str]:
        """A problem that was drawn here as the data set has it, with an answer in its form.

        An answer that cannot be said in that form stays as it is written. Raises `FamilyError` for
        a problem that was not drawn here.
        """
        if problem.digest not in self._origins:
            raise FamilyError(f"{problem.name} was not drawn from {self.data_set.dataset}")
        reading = self.ours.read(problem, text)
        spelt = self.bridge.spell(problem, reading) if isinstance(reading, Found) else None
        return self._origins[problem.digest], text if spelt is None else spelt

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as our family words it."""
        return self.ours.render(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:
        """What our family reads in an answer."""
        return self.ours.read(problem, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """Our family's certificate."""
        return self.ours.certify(problem, candidate)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """Our family's near miss."""
        return self._audited().near_miss(problem, answer, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """What our family's twin decides."""
        return self._audited().twin(problem, candidate)

    def _audited(self) -> Audited:
        ours: object = self.ours
        if not isinstance(ours, Audited):
            raise FamilyError(f"family {self.name!r} has no twin")
        return ours


def reasoning_gym(dataset: str | None = None) -> BridgedDataSet | DataSet | StatedEntries:
    """The data set of this name as a family; without a name, problems that state theirs.

    Raises `UnknownNameError` with the nearest right names for what is no data set.
    """
    found = data_set(dataset)
    if isinstance(found, DataSet) and found.dataset in BRIDGES:
        bridge = BRIDGES[found.dataset]
        return BridgedDataSet(found, bridge, load("families", bridge.family)())
    return found


def _queens(entry: gym.Entry, name: str) -> Problem:
    rows = entry.metadata["puzzle"]
    placed = [
        (row, column)
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell == "Q"
    ]
    return Board(len(rows), tuple(placed)).problem(name)


def _as_picture(problem: Problem, found: Found) -> str | None:
    side = int(problem.statement["n"])
    pairs = _numbers(found)
    if pairs is None or not all(1 <= number <= side for pair in pairs for number in pair):
        return None
    squares = set(pairs)
    return "\n".join(
        " ".join("Q" if (row, column) in squares else "_" for column in range(1, side + 1))
        for row in range(1, side + 1)
    )


def _graph(entry: gym.Entry, name: str) -> Problem:
    puzzle = entry.metadata["puzzle"]
    edges = edges_between((first + 1, second + 1) for first, second in puzzle["edges"])
    return Graph(len(puzzle["vertices"]), edges, puzzle["num_colors"]).problem(name)


def _as_json(problem: Problem, found: Found) -> str | None:  # noqa: ARG001 - as the others
    pairs = _numbers(found)
    if pairs is None:
        return None
    return json.dumps({str(vertex - 1): colour for vertex, colour in pairs})


def _numbers(found: Found) -> list[tuple[int, int]] | None:
    """Pairs of numbers, none of them for the same thing twice; None for any other answer."""
    lines = found.solution
    if not isinstance(lines, tuple) or any(len(line) != 2 for line in lines):
        return None
    if not all(re.fullmatch("[1-9][0-9]{0,5}", word) for line in lines for word in line):
        return None
    pairs = [(int(first), int(second)) for first, second in lines]
    return pairs if len({first for first, _ in pairs}) == len(pairs) else None


def _of_24(entry: gym.Entry, name: str) -> Problem:
    return Task(tuple(entry.metadata["numbers"]), 24, "all").problem("game24", name)


def _countdown(entry: gym.Entry, name: str) -> Problem:
    task = Task(tuple(entry.metadata["numbers"]), entry.metadata["target"], "all")
    return task.problem("countdown", name)


def _as_expression(problem: Problem, found: Found) -> str | None:
    """The one expression, without the result where that is the target."""
    lines = found.solution
    if not isinstance(lines, tuple) or len(lines) != 1:
        return None
    match = _SUM.fullmatch(lines[0])
    if match is None or match[2] not in (None, problem.statement["target"]):
        return None
    return match[1].strip()


BRIDGES: Mapping[str, Bridge] = {
    "countdown": Bridge("countdown", _countdown, _as_expression),
    "graph_color": Bridge("coloring", _graph, _as_json),
    "n_queens": Bridge("n-queens", _queens, _as_picture),
    "puzzle24": Bridge("game24", _of_24, _as_expression),
}
"""The data sets that are judged by critics of ours."""
