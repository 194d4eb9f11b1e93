"""A bound that proves, and CP-SAT, which finds schedules or asserts that there are none."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundly.core.certificate import certify
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.jobshop.bounds import best_bound
from soundly.families.jobshop.reading import format_starts
from soundly.families.jobshop.shop import NAME, shop_of
from soundly.solvers.cpsat import CpSat, Infeasible, NotScheduled, Scheduled


@dataclass(frozen=True, slots=True)
class JobShopSolver:
    """The best one-machine bound first, then CP-SAT.

    A deadline below the bound is proved out of reach. Where only CP-SAT says that a deadline cannot
    be kept, that is asserted.
    """

    cpsat: CpSat = field(default_factory=CpSat)
    name: str = "job-shop-cp-sat"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A schedule, a proof or an assertion that there is none, or why none of these.

        Without a deadline it is the shortest schedule that was found within the limits. Raises
        `SolverError` as `CpSat` does.
        """
        if problem.family != NAME:
            return SolverNotForThis(
                f"{self.name} schedules job shops, and {problem.name!r} is none"
            )
        shop = shop_of(problem)
        bound = best_bound(shop)
        if shop.deadline is not None and bound.value > shop.deadline:
            evidence = {"bound": bound.evidence()}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="job-shop-bound", evidence=evidence)
            )
        match await self.cpsat.schedule(shop.jobs, deadline=shop.deadline):
            case Scheduled(starts):
                return SolverFound(format_starts(starts))
            case Infeasible():
                return SolverAsserted(f"CP-SAT says that none is done by {shop.deadline}")
            case NotScheduled(reason):
                return SolverGaveUp(reason)
