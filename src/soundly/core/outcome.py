"""How a session ends: solved, proved unsolvable, not solved, or stopped by its budget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from soundly.core.candidate import Candidate
from soundly.core.certificate import Certificate
from soundly.core.events import TraceRecord
from soundly.core.spend import Spend


class Status(Enum):
    """The four ends of a session."""

    SOLVED = "solved"
    UNSOLVABLE = "unsolvable"
    UNSOLVED = "unsolved"
    EXHAUSTED = "exhausted"

    def __bool__(self) -> NoReturn:
        raise TypeError("a status has no truth value: compare it with Status.SOLVED")


@dataclass(frozen=True)
class Outcome:
    """An accepted answer with a certificate, a proof that there is none, or an honest "unknown".

    ``found_by`` names the part that found the answer or the proof. ``asserted`` is what a solver
    said about unsolvability without proof ("solver-asserted"), and is never more than that.
    ``candidate`` of an UNSOLVED outcome was accepted by no SOUND critic.
    """

    status: Status
    session_id: str
    spend: Spend
    trace: tuple[TraceRecord, ...]
    reason: str
    candidate: Candidate | None = None
    certificate: Certificate | None = None
    found_by: str | None = None
    asserted: str | None = None

    def __post_init__(self) -> None:
        certified = self.certificate is not None
        if self.status is Status.SOLVED:
            if self.candidate is None or not certified:
                raise ValueError("SOLVED needs a candidate and its certificate")
        elif self.status is Status.UNSOLVABLE:
            if not certified or self.candidate is not None:
                raise ValueError("UNSOLVABLE needs a certificate and no candidate")
        elif certified:
            raise ValueError(f"{self.status.name} cannot carry a certificate")
        if self.certificate is not None and self.certificate.claim != self.status.value:
            raise ValueError(
                f"{self.status.name} with a certificate that claims {self.certificate.claim!r}"
            )
