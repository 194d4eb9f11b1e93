"""A solver of trips: a proof by adding up where that suffices, and else CP-SAT."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from importlib.util import find_spec

from soundly.core.certificate import certify
from soundly.core.errors import SolverError
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.travel.statement import NAME, trip_of
from soundly.kernel.travel_bound import lack_of
from soundly.kernel.travel_world import read_trip
from soundly.solvers.process import run_worker


@dataclass(frozen=True, slots=True)
class TravelSolver:
    """CP-SAT of OR-Tools (Apache-2), in a process of its own; needs the extra ``scheduling``.

    That no plan exists is proved where the kernel can see it by adding up. Where only the search
    finds it, it is asserted.
    """

    max_seconds: float = 30.0
    max_memory_mb: int = 4096
    name: str = "travel-cp-sat"

    def __post_init__(self) -> None:
        if not (self.max_seconds > 0 and math.isfinite(self.max_seconds)):
            raise ValueError(f"max_seconds is {self.max_seconds}, wanted a number above 0")
        if self.max_memory_mb < 1:
            raise ValueError(f"max_memory_mb is {self.max_memory_mb}, wanted at least 1")

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A plan, a proof or the assertion that there is none, or why neither.

        Raises `SolverError` when the worker breaks, and `ProblemError` for what is no trip.
        """
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} plans trips, and {problem.name!r} is none")
        trip_of(problem)
        lack = lack_of(read_trip(problem.statement))
        if lack is not None:
            lacking, least = lack
            evidence = {"lacking": lacking, "least": asdict(least) if least else {}}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="travel-infeasible", evidence=evidence)
            )
        if find_spec("ortools") is None:
            return SolverGaveUp("ortools is not installed: pip install 'soundly[scheduling]'")
        answer = await run_worker(
            "soundly.families.travel.search_worker",
            {"statement": dict(problem.statement)},
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )
        match answer:
            case {"plan": str(plan)}:
                return SolverFound(plan)
            case {"status": "INFEASIBLE"}:
                return SolverAsserted("CP-SAT finds no plan that keeps all constraints")
            case {"status": "UNKNOWN"}:
                return SolverGaveUp(f"CP-SAT has no answer within {self.max_seconds:g} s")
        raise SolverError(f"the search for a plan answered with {answer!r:.200}")
