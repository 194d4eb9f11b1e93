"""What many sessions spent together."""

from __future__ import annotations

from soundly.core.events import SessionEnded, TraceRecord
from soundly.core.spend import Spend


class Bill:
    """A sink that adds up what sessions spent, whichever way they ended.

    A session that was cut short stands in it with the bound of the calls that were under way.
    """

    def __init__(self) -> None:
        self.spent = Spend()

    def write(self, session_id: str, record: TraceRecord) -> None:  # noqa: ARG002 - a `Sink`
        """Take in what a session spent, where the record is its end."""
        if isinstance(record.event, SessionEnded):
            self.spent += record.event.spend
