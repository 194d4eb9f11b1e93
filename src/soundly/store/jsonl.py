"""A trace as JSON Lines, read line by line and trusted for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from soundly.core.errors import UsageError
from soundly.core.events import TraceRecord
from soundly.core.replay import Replay
from soundly.store.rows import as_kept, from_line, to_line


@dataclass(frozen=True, slots=True)
class ReadSession:
    """One session's records, in order and of one piece.

    ``started_at`` is in UTC, or None where the text does not say it.
    """

    records: tuple[TraceRecord, ...]
    state: Replay
    started_at: datetime | None

    def lines(self, started_at: datetime) -> list[str]:
        """The trace as a store keeps it."""
        first, *rest = self.records
        return [to_line(first, started_at=started_at), *map(to_line, rest)]


def read_session(stream: TextIO, *, source: str) -> ReadSession:
    """The session that a trace in JSON Lines tells.

    Raises `UsageError` with ``source`` and the line number (from 1) where a line is no record, is
    of another version, or does not follow from the lines before.
    """
    records: list[TraceRecord] = []
    state = Replay()
    started_at: datetime | None = None
    try:
        for line in stream:
            record, time = from_line(line)
            record = as_kept(record)
            state.take(record)
            records.append(record)
            started_at = started_at or time
    except UnicodeDecodeError as error:
        raise UsageError(f"{source}: not UTF-8 text after line {len(records)}") from error
    except ValueError as error:
        raise UsageError(f"{source}, line {len(records) + 1}: {error}") from error
    if not records:
        raise UsageError(f"{source}: the trace is empty")
    return ReadSession(tuple(records), state, started_at)
