"""The reference solver, which is a computation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer, SolverFound, SolverNotForThis
from soundly.families.embers.puzzle import Puzzle
from soundly.families.embers.reading import spelt


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Works the answer out as the critic does."""

    family: str
    puzzle: Callable[[Problem], Puzzle]

    @property
    def name(self) -> str:
        """The family's name with its trade."""
        return f"{self.family}-worked-out"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The answer, in the form in which answers are read."""
        if problem.family != self.family:
            return SolverNotForThis(f"{self.name} does not know {problem.family}")
        return SolverFound(spelt(self.puzzle(problem).answer))
