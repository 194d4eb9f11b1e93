"""What a critic says: a verdict, its reasons, and how far it can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag
from typing import NoReturn


class Guarantee(Flag):
    """What a critic's verdicts are worth.

    SOUND: an accepted candidate is correct. COMPLETE: a correct candidate is never rejected.
    NONE: advice.
    """

    NONE = 0
    SOUND = 1
    COMPLETE = 2

    def words(self) -> tuple[str, ...]:
        """The guarantee as words, in a fixed order: ``()`` for NONE."""
        return tuple(flag.name.lower() for flag in Guarantee if flag in self and flag.name)


class Decision(Enum):
    """Accept, reject, or: this critic cannot tell."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("a decision has no truth value: compare it with Decision.ACCEPT")


@dataclass(frozen=True, slots=True)
class Critique:
    """One located reason, worded so that it can be shown to the model.

    ``code`` is stable and machine-readable ("precondition-unmet"); ``where`` is for people
    ("step 3", "goal"); ``step`` counts from 1 where the solution is a sequence.
    ``repair`` is a constructive hint where one is cheap.
    """

    code: str
    message: str
    where: str | None = None
    step: int | None = None
    repair: str | None = None

    def __post_init__(self) -> None:
        if not self.code or not self.message:
            raise ValueError("a critique needs a code and a message")
        if self.step is not None and self.step < 1:
            raise ValueError(f"steps count from 1, got {self.step}")

    def __str__(self) -> str:
        located = f"{self.where}: {self.message}" if self.where else self.message
        return f"{located} ({self.repair})" if self.repair else located


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision with its critiques. It has no truth value: an UNKNOWN is neither yes nor no.

    A rejection names at least one reason, and an acceptance names none.
    """

    decision: Decision
    critiques: tuple[Critique, ...] = ()

    def __post_init__(self) -> None:
        if self.decision is Decision.REJECT and not self.critiques:
            raise ValueError("a rejection must say why: no critique came")
        if self.decision is Decision.ACCEPT and self.critiques:
            raise ValueError("an acceptance carries no critiques")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a verdict has no truth value: compare verdict.decision with Decision.ACCEPT"
        )

    @property
    def accepted(self) -> bool:
        """True for ACCEPT alone."""
        return self.decision is Decision.ACCEPT

    @property
    def rejected(self) -> bool:
        """True for REJECT alone: UNKNOWN is neither accepted nor rejected."""
        return self.decision is Decision.REJECT


ACCEPT = Verdict(Decision.ACCEPT)


def reject(*critiques: Critique) -> Verdict:
    """A rejection with its reasons."""
    return Verdict(Decision.REJECT, critiques)


def unknown(*critiques: Critique) -> Verdict:
    """A critic that cannot tell, and why."""
    return Verdict(Decision.UNKNOWN, critiques)
