"""Sinks for tests: one that remembers, one that breaks."""

from __future__ import annotations

from soundly.core.events import TraceRecord


class MemorySink:
    """Keeps every record, by session."""

    def __init__(self) -> None:
        self.records: dict[str, list[TraceRecord]] = {}

    def write(self, session_id: str, record: TraceRecord) -> None:
        """Keep one record."""
        self.records.setdefault(session_id, []).append(record)

    @property
    def trace(self) -> tuple[TraceRecord, ...]:
        """The records of the one session that was written, or of all in the order they began."""
        return tuple(record for records in self.records.values() for record in records)


class BrokenSink:
    """Takes ``takes`` records and breaks at the next one, and at every later one.

    ``refused`` counts the records that it broke at: the engine owes it no second one.
    """

    def __init__(self, *, takes: int, error: Exception) -> None:
        self._left = takes
        self._error = error
        self.refused = 0

    def write(self, session_id: str, record: TraceRecord) -> None:  # noqa: ARG002
        """Take the record, or raise."""
        if self._left == 0:
            self.refused += 1
            raise self._error
        self._left -= 1
