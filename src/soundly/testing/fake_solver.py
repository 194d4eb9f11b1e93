"""A solver whose answer is written down beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import anyio.lowlevel

from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer


@dataclass(frozen=True)
class FakeSolver:
    """Gives this answer to every problem; an exception is raised."""

    answer: SolverAnswer | Exception
    name: str = "fake-solver"

    async def solve(self, problem: Problem) -> SolverAnswer:  # noqa: ARG002
        """The answer."""
        await anyio.lowlevel.checkpoint()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer
