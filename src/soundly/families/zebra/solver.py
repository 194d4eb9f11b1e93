"""A SAT solver that solves logic grids, or proves that their clues exclude each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundly.core.certificate import certify
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.zebra.prompts import spell
from soundly.families.zebra.puzzle import NAME, puzzle_of
from soundly.kernel.zebra import clauses, read_grid
from soundly.solvers.sat import Refuted, Sat, Undecided


@dataclass(frozen=True, slots=True)
class ZebraSolver:
    """Glucose on the formula that the kernel derives from the statement."""

    sat: Sat = field(default_factory=Sat)
    name: str = "zebra-sat"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A grid, a proof that there is none, or why neither; `SolverError` as `Sat` does."""
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} solves logic grids, and {problem.name!r} is none")
        puzzle = puzzle_of(problem)
        answer = await self.sat.decide(clauses(read_grid(problem.statement)))
        if isinstance(answer, Undecided):
            return SolverGaveUp(answer.reason)
        if isinstance(answer, Refuted):
            evidence = {"proof": answer.proof}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="zebra-drat", evidence=evidence)
            )
        true = [literal - 1 for literal in answer.literals if literal > 0]
        houses = tuple(variable % puzzle.houses + 1 for variable in sorted(true))
        return SolverFound(spell(puzzle, houses))
