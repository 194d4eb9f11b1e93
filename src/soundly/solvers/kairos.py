"""Kairos, a classical planner in a wheel (Apache-2.0), in a worker process.

Its "no plan" is an assertion, whatever it searched: only a proof that the kernel re-checks counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from soundly.core.errors import SolverError
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
)
from soundly.solvers.process import run_worker


@dataclass(frozen=True, slots=True)
class Kairos:
    """Solves PDDL problems (statements with "domain" and "problem").

    ``max_seconds`` and ``max_memory_mb`` bound one search. The first plan found is returned:
    it is not claimed to be the cheapest.
    """

    max_seconds: float = 30.0
    max_memory_mb: int = 4096
    name: str = "kairos"

    def __post_init__(self) -> None:
        if not (self.max_seconds > 0 and math.isfinite(self.max_seconds)):
            raise ValueError(f"max_seconds is {self.max_seconds}, wanted a number above 0")
        if self.max_memory_mb < 1:
            raise ValueError(f"max_memory_mb is {self.max_memory_mb}, wanted at least 1")

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A plan as PDDL lines, an assertion that there is none, or why it gave up."""
        texts = {key: problem.statement.get(key) for key in ("domain", "problem")}
        if None in texts.values():
            return SolverNotForThis(f"kairos solves PDDL, and {problem.name!r} is stated otherwise")
        answer = await run_worker(
            "soundly.solvers.kairos_worker",
            texts,
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )
        detail = str(answer.get("detail", ""))
        match answer.get("answer"):
            case "found":
                return SolverFound(str(answer["plan"]))
            case "asserted":
                return SolverAsserted(detail)
            case "gave-up":
                return SolverGaveUp(detail)
            case other:
                raise SolverError(f"kairos answered {other!r}, which is none of its answers")
