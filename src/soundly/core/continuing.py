"""What is left of a problem after some steps of an answer, for families whose answers are steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from soundly.core.problem import Problem

Keep: TypeAlias = Literal["prefix", "applicable"]
"""Which steps of a broken answer are kept.

``prefix``: those before the first that cannot be taken. ``applicable``: these, and then as soon as
it can be taken each of the others, the earliest first.
"""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a problem after the steps that are kept of an answer.

    ``kept`` are these steps in the order in which they are taken, ``offered`` is how many the
    answer has. ``problem`` starts where they lead; None where they solve the problem already.
    """

    kept: tuple[str, ...]
    offered: int
    problem: Problem | None

    def __post_init__(self) -> None:
        if len(self.kept) > self.offered:
            raise ValueError(f"{len(self.kept)} steps are kept of {self.offered}")


@dataclass(frozen=True, slots=True)
class Joined:
    """The steps kept and a solver's behind them, as an answer to the whole problem.

    ``added`` is how many steps are the solver's.
    """

    text: str
    added: int

    def __post_init__(self) -> None:
        if self.added < 0:
            raise ValueError(f"added is {self.added}, wanted 0 or more")


@runtime_checkable
class Continues(Protocol):
    """A family whose answers are steps, so that a broken one can be kept in part."""

    def rest(
        self, problem: Problem, solution: object, *, keep: Keep, most: int | None = None
    ) -> Rest:
        """What is left after the steps that are kept, which are at most ``most`` of them.

        No step is kept behind a moment at which the problem is solved.
        """
        ...

    def joined(self, problem: Problem, rest: Rest, text: str) -> Joined:
        """The kept steps with those of a solver's text for ``rest.problem``; "" adds none."""
        ...


class Continuing(Protocol):
    """`Continues` for the problem of a session."""

    def rest(self, solution: object, *, keep: Keep, most: int | None = None) -> Rest:
        """See `Continues.rest`."""
        ...

    def joined(self, rest: Rest, text: str) -> Joined:
        """See `Continues.joined`."""
        ...


@dataclass(frozen=True, slots=True)
class Repaired:
    """Whose the steps of an attempt are: ``kept`` of the model's ``offered``, ``added`` a solver's.

    ``keep`` is the rule by which steps were kept.
    """

    attempt: int
    keep: str
    kept: int
    offered: int
    added: int
    solver: str
    part: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.kept <= self.offered or self.added < 0:
            raise ValueError(
                f"kept {self.kept} of {self.offered}, added {self.added}: no count of steps"
            )
