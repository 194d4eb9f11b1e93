"""The reference solver, which is a computation."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer, SolverFound, SolverNotForThis
from soundly.families.classics.reading import spelt
from soundly.families.classics.telling import telling_of


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Works the answer out as the critic does."""

    family: str = "perturbed-classics"

    @property
    def name(self) -> str:
        """The family's name with its trade."""
        return f"{self.family}-worked-out"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The answer, in the form in which answers are read."""
        if problem.family != self.family:
            return SolverNotForThis(f"{self.name} does not know {problem.family}")
        return SolverFound(spelt(telling_of(problem).answer))
