"""A trace as JSON Lines, read line by line and trusted for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from soundly.core.errors import UsageError
from soundly.core.events import TraceRecord
from soundly.core.replay import Replay
from soundly.store.rows import as_kept, from_line


@dataclass(frozen=True, slots=True)
class ReadSession:
    """One session's records, in order and of one piece, and their state."""

    records: tuple[TraceRecord, ...]
    state: Replay


def read_session(stream: TextIO, *, source: str) -> ReadSession:
    """The session that a trace in JSON Lines tells.

    Raises `UsageError` with ``source`` and the line number (from 1) where a line is no record, is
    of another version, or does not follow from the lines before.
    """
    records: list[TraceRecord] = []
    state = Replay()
    try:
        for line in stream:
            record = as_kept(from_line(line))
            state.take(record)
            records.append(record)
    except UnicodeDecodeError as error:
        raise UsageError(f"{source}: not UTF-8 text after line {len(records)}") from error
    except ValueError as error:
        raise UsageError(f"{source}, line {len(records) + 1}: {error}") from error
    if not records:
        raise UsageError(f"{source}: the trace is empty")
    return ReadSession(tuple(records), state)
