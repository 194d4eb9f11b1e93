"""One line of a listing: a session as its trace tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from soundly.core.replay import UNFINISHED
from soundly.core.spend import Spend


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """A session in short. ``started_at`` is in UTC.

    ``status`` is an outcome's, "broken", "cancelled", or "unfinished": the session still runs or
    was killed, which a store cannot tell apart. ``spent``, ``held`` and ``unpriced_calls`` are as
    in `soundly.core.replay.Account`: what ended, and what open calls could cost at most.
    ``size`` is the size at which the family drew the problem, None where it came from elsewhere;
    ``guarantee`` is what the critic declared.
    """

    session_id: str
    started_at: datetime
    family: str
    problem_name: str
    problem_digest: str
    strategy: str
    model: str | None
    status: str
    found_by: str | None
    certificate_sha256: str | None
    spent: Spend
    held: Spend
    unpriced_calls: int
    size: int | None = None
    guarantee: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.started_at.utcoffset() != timedelta(0):
            raise ValueError(f"started_at is {self.started_at.isoformat()}, wanted UTC")

    @property
    def finished(self) -> bool:
        """Whether the session wrote its end."""
        return self.status != UNFINISHED
