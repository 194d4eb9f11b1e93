"""CP-SAT, a constraint solver (ortools, Apache-2), scheduling in a worker process."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TypeAlias

from soundly.core.errors import SolverError
from soundly.solvers.process import run_worker


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule: when each task of each chain begins.

    ``bound``: no schedule is shorter, as the solver says; nobody has checked it. It is 0 where only
    a deadline was to be kept.
    """

    starts: tuple[tuple[int, ...], ...]
    bound: int


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No schedule keeps the deadline, as the solver says; nobody has checked it."""


@dataclass(frozen=True, slots=True)
class NotScheduled:
    """Stopped without an answer, and why."""

    reason: str


ScheduleAnswer: TypeAlias = Scheduled | Infeasible | NotScheduled


@dataclass(frozen=True, slots=True)
class CpSat:
    """Limits of one search. Gives up where ortools (extra ``scheduling``) is not installed.

    It searches on one thread, so that the same problem gives the same answer unless time runs out.
    """

    max_seconds: float = 30.0
    max_memory_mb: int = 4096

    def __post_init__(self) -> None:
        if not (self.max_seconds > 0 and math.isfinite(self.max_seconds)):
            raise ValueError(f"max_seconds is {self.max_seconds}, wanted a number above 0")
        if self.max_memory_mb < 1:
            raise ValueError(f"max_memory_mb is {self.max_memory_mb}, wanted at least 1")

    async def schedule(
        self, chains: Sequence[Sequence[tuple[int, int]]], *, deadline: int | None = None
    ) -> ScheduleAnswer:
        """Schedule chains of tasks, each a machine, which does one at a time, and a duration.

        With a deadline any schedule that keeps it will do; without one, the shortest that is found
        within the limits. Raises `SolverError` when the worker breaks.
        """
        if find_spec("ortools") is None:
            return NotScheduled("ortools is not installed: pip install 'soundly[scheduling]'")
        payload = {"chains": [list(map(list, chain)) for chain in chains], "deadline": deadline}
        answer = await run_worker(
            "soundly.solvers.cpsat_worker",
            payload,
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )
        match answer:
            case {"starts": list(rows), "bound": int(bound)}:
                return Scheduled(tuple(tuple(map(int, row)) for row in rows), bound)
            case {"infeasible": True}:
                return Infeasible()
            case {"undecided": str(reason)}:
                return NotScheduled(reason)
        raise SolverError(f"CP-SAT answered with {sorted(answer)}")
