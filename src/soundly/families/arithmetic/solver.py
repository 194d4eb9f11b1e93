"""The exhaustive search as a solver: an expression, or a proof that there is none."""

from __future__ import annotations

from dataclasses import dataclass

import anyio.to_thread

from soundly.core.certificate import certify
from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer, SolverFound, SolverNotForThis, SolverProved
from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.expression import spell
from soundly.families.arithmetic.statement import task_of


@dataclass(frozen=True, slots=True)
class Exhaustion:
    """Decides every problem of up to six numbers.

    Six numbers take a few tenths of a second, so a thread is enough: no search outlives a session
    by longer than that.
    """

    name: str = "arithmetic-exhaustion"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """An expression or a proof; gives up only on problems that are not arithmetic."""
        try:
            task = task_of(problem)
        except ProblemError as error:
            return SolverNotForThis(f"not an arithmetic problem: {error}")
        found = await anyio.to_thread.run_sync(search, task)
        if isinstance(found, dict):
            kind = "arithmetic-exhaustion"
            return SolverProved(certify(problem, claim="unsolvable", kind=kind, evidence=found))
        return SolverFound(spell(found))
