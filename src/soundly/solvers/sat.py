"""Glucose, a SAT solver, through python-sat (MIT), in a worker process that logs its proof."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TypeAlias

from soundly.core.errors import SolverError
from soundly.solvers.process import run_worker


@dataclass(frozen=True, slots=True)
class Satisfied:
    """A model: the literals that are true, in DIMACS numbers."""

    literals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refuted:
    """No model, as the solver says; ``proof`` is its log in textual DRAT, not checked yet."""

    proof: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """Stopped without an answer, and why."""

    reason: str


SatAnswer: TypeAlias = Satisfied | Refuted | Undecided


@dataclass(frozen=True, slots=True)
class Sat:
    """Limits of one search. Gives up where python-sat (extra ``sat``) is not installed."""

    max_seconds: float = 30.0
    max_memory_mb: int = 4096

    def __post_init__(self) -> None:
        if not (self.max_seconds > 0 and math.isfinite(self.max_seconds)):
            raise ValueError(f"max_seconds is {self.max_seconds}, wanted a number above 0")
        if self.max_memory_mb < 1:
            raise ValueError(f"max_memory_mb is {self.max_memory_mb}, wanted at least 1")

    async def decide(self, clauses: Iterable[Iterable[int]]) -> SatAnswer:
        """Whether the clauses have a model. Raises `SolverError` when the worker breaks."""
        if find_spec("pysat") is None:
            return Undecided("python-sat is not installed: pip install 'soundly[sat]'")
        answer = await run_worker(
            "soundly.solvers.sat_worker",
            {"clauses": [list(clause) for clause in clauses]},
            max_seconds=self.max_seconds,
            max_memory_mb=self.max_memory_mb,
        )
        match answer:
            case {"model": list(literals)}:
                return Satisfied(tuple(map(int, literals)))
            case {"proof": str(proof)}:
                return Refuted(proof)
            case {"undecided": str(reason)}:
                return Undecided(reason)
        raise SolverError(f"the SAT solver answered with {sorted(answer)}")
