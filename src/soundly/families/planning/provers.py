"""Provers of unsolvability as solvers: each runs in a process of its own and leaves evidence.

Neither ever says "no plan" without it: where no proof is found within the limits, it gives up. A
plan that comes up in the search is an answer too.
"""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.certificate import certify
from soundly.core.errors import SolverError
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.solvers.process import run_worker

_WORKER = "soundly.families.planning.prover_worker"


@dataclass(frozen=True, slots=True)
class ClosedSetProver:
    """Exhausts the reachable states of a small task; the evidence is the set of them.

    Complete for tasks of at most ``max_states`` reachable states, given the time.
    """

    max_states: int = 20_000
    max_seconds: float = 20.0
    max_memory_mb: int = 4096
    name: str = "closed-set"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A proof, or why none was found."""
        return await _prove(
            problem,
            kind="pddl-closed-set",
            limit=("max_states", self.max_states),
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )


@dataclass(frozen=True, slots=True)
class InvariantProver:
    """Looks for an h² mutex invariant that the goal contradicts (Haslum and Geffner, 2000).

    Quick on large tasks, and incomplete: an unsolvable task may have no such invariant.
    """

    max_pairs: int = 5_000_000
    max_seconds: float = 20.0
    max_memory_mb: int = 4096
    name: str = "h2"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A proof, or why none was found."""
        return await _prove(
            problem,
            kind="pddl-h2",
            limit=("max_pairs", self.max_pairs),
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )


async def _prove(
    problem: Problem, *, kind: str, limit: tuple[str, int], max_seconds: float, max_memory_mb: int
) -> SolverAnswer:
    domain, text = (problem.statement.get(key) for key in ("domain", "problem"))
    if domain is None or text is None:
        return SolverNotForThis(f"proofs are about PDDL, and {problem.name!r} is stated otherwise")
    payload = {"kind": kind, "domain": domain, "problem": text, limit[0]: limit[1]}
    answer = await run_worker(
        _WORKER, payload, max_seconds=max_seconds, max_memory_mb=max_memory_mb
    )
    if "plan" in answer:
        return SolverFound(str(answer["plan"]))
    if "reason" in answer:
        return SolverGaveUp(str(answer["reason"]))
    if answer.get("kind") != kind or "evidence" not in answer:
        raise SolverError(f"the {kind} prover answered without evidence")
    certificate = certify(problem, claim="unsolvable", kind=kind, evidence=answer["evidence"])
    return SolverProved(certificate)
