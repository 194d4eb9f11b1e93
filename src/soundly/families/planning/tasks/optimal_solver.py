"""A planner that proves its plans to be of least cost."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
)
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.tasks.optimal_bounds import Optimum
from soundly.families.planning.tasks.optimal_search import OptimalSearch


@dataclass(frozen=True, slots=True)
class OptimalPlanner:
    """Uniform-cost search in a process of its own: for small problems, with certainty."""

    search: OptimalSearch = field(default_factory=OptimalSearch)
    name: str = "planning-optimal"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A plan of least cost, that there is none, or which limit was met."""
        if not {"domain", "problem", "objective"} <= set(problem.statement):
            return SolverNotForThis(
                f"{problem.name!r} does not ask for a plan of least cost in PDDL"
            )
        found = await self.search.find(problem)
        if isinstance(found, Optimum):
            return SolverFound(format_plan(found.plan))
        return SolverAsserted(found.reason) if found.exhausted else SolverGaveUp(found.reason)
