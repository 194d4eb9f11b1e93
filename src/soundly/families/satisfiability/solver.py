"""A SAT solver that finds a model, or proves that there is none."""

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
from soundly.families.satisfiability.formula import NAME, formula_of
from soundly.families.satisfiability.prompts import spell
from soundly.solvers.sat import Refuted, Sat, Undecided


@dataclass(frozen=True, slots=True)
class SatSolver:
    """Glucose on the formula as it is stated. Its log is the kernel's to check."""

    sat: Sat = field(default_factory=Sat)
    name: str = "glucose"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A model, a proof that there is none, or why neither; `SolverError` as `Sat` does."""
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} satisfies formulas, and {problem.name!r} is none")
        formula = formula_of(problem)
        answer = await self.sat.decide(formula.clauses)
        if isinstance(answer, Undecided):
            return SolverGaveUp(answer.reason)
        if isinstance(answer, Refuted):
            evidence = {"proof": answer.proof}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="sat-drat", evidence=evidence)
            )
        if not answer.literals:
            return SolverFound(spell((1,)))
        return SolverFound(spell(answer.literals))
