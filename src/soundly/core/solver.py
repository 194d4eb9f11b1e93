"""What a reference solver can answer; "no plan" is an assertion until a proof is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from soundly.core.certificate import Certificate
from soundly.core.problem import Problem


@dataclass(frozen=True, slots=True)
class SolverFound:
    """A solution, as text in the family's formal language: it is read and judged like any other."""

    text: str


@dataclass(frozen=True, slots=True)
class SolverProved:
    """There is no solution, with evidence that the kernel can re-check."""

    certificate: Certificate


@dataclass(frozen=True, slots=True)
class SolverAsserted:
    """The solver says that there is no solution, and nobody has checked it."""

    reason: str


@dataclass(frozen=True, slots=True)
class SolverGaveUp:
    """The solver stopped without an answer, at a limit of its own or of what it can read."""

    reason: str


@dataclass(frozen=True, slots=True)
class SolverNotForThis:
    """The problem is none of the solver's kind: nothing was tried, so nothing is said of either."""

    reason: str


SolverAnswer: TypeAlias = (
    SolverFound | SolverProved | SolverAsserted | SolverGaveUp | SolverNotForThis
)


class Solver(Protocol):
    """A solver for one or more families."""

    @property
    def name(self) -> str:
        """A stable name, shown in traces."""
        ...

    async def solve(self, problem: Problem) -> SolverAnswer:
        """Search within the solver's own limits; cancelling kills the search.

        Raises `SolverError` when the solver crashes or its answer cannot be read.
        """
        ...
