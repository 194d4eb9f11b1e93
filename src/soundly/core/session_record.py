"""What is known of a session, also where it ended in an error."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.events import TraceRecord
from soundly.core.spend import Spend


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What is known of a session at any time: its trace and what it spent."""

    session_id: str
    trace: tuple[TraceRecord, ...]
    spend: Spend
