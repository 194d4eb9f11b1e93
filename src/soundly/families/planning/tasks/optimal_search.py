"""The search for least cost in a process of its own, and what is remembered of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from soundly.core.errors import SolverError
from soundly.core.problem import Problem
from soundly.families.planning.pddl import format_plan, parse_plan
from soundly.families.planning.problems import task_of, texts_of
from soundly.families.planning.tasks.optimal_bounds import NoOptimum, Optimum, prove_optimum
from soundly.solvers.process import read_payload, run_worker, write_answer

REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class OptimalSearch:
    """Least costs of planning problems, within limits; the last `REMEMBERED` are kept.

    Complete for problems with at most ``max_states`` states nearer than the goal, given the time.
    """

    max_states: int = 20_000
    max_seconds: float = 20.0
    max_memory_mb: int = 4096
    _known: dict[tuple[str, str], Optimum | NoOptimum] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        if self.max_states < 1 or self.max_memory_mb < 1:
            raise ValueError(f"wanted at least one state and one megabyte, got {self}")
        if not (self.max_seconds > 0 and math.isfinite(self.max_seconds)):
            raise ValueError(f"max_seconds is {self.max_seconds}, wanted a number above 0")

    async def find(self, problem: Problem) -> Optimum | NoOptimum:
        """The least cost, searched for in a worker process that dies with its caller.

        Raises `ProblemError` for unreadable PDDL, `SolverError` where the worker breaks.
        """
        texts = texts_of(problem)
        known = self._known.get(texts)
        if known is None:
            task_of(problem)
            payload = {"domain": texts[0], "problem": texts[1], "max_states": self.max_states}
            answer = await run_worker(
                __name__,
                payload,
                max_seconds=self.max_seconds,
                max_memory_mb=self.max_memory_mb,
            )
            known = self._remember(texts, _unpacked(answer))
        return known

    def find_here(self, problem: Problem) -> Optimum | NoOptimum:
        """The least cost, searched for in this process; nothing can stop it but its limits."""
        texts = texts_of(problem)
        known = self._known.get(texts)
        if known is None:
            found = prove_optimum(*texts, max_states=self.max_states, max_seconds=self.max_seconds)
            known = self._remember(texts, found)
        return known

    def _remember(self, texts: tuple[str, str], found: Optimum | NoOptimum) -> Optimum | NoOptimum:
        while len(self._known) >= REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[texts] = found
        return found


def _unpacked(answer: dict[str, object]) -> Optimum | NoOptimum:
    match answer:
        case {"plan": str(plan), "cost": str(cost), "bound": dict(bound)}:
            return Optimum(parse_plan(plan), Fraction(cost), bound)
        case {"reason": str(reason), "exhausted": bool(exhausted)}:
            return NoOptimum(reason, exhausted)
    raise SolverError(f"the search for least cost answered with {sorted(answer)}")


def main() -> None:
    """Read one problem, search, print the least cost with its proof, or why there is none."""
    payload = read_payload()
    found = prove_optimum(
        payload["domain"],
        payload["problem"],
        max_states=int(payload["max_states"]),
        max_seconds=float(payload["max_seconds"]),
    )
    if isinstance(found, Optimum):
        plan = format_plan(found.plan)
        write_answer({"plan": plan, "cost": str(found.cost), "bound": dict(found.bound)})
    else:
        write_answer({"reason": found.reason, "exhausted": found.exhausted})


if __name__ == "__main__":
    main()
