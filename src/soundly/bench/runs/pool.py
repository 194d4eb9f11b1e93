"""Sessions that cost nobody anything are stored many at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from soundly.bench.runs.result import ENDED, CellResult, result_of
from soundly.bench.runs.works import Work
from soundly.core.events import SessionEnded, TraceRecord
from soundly.core.replay import replay
from soundly.core.spend import Spend
from soundly.store import Store

MOST_SESSIONS: Final = 64
"""Sessions that wait for a transaction at most."""

MOST_SECONDS: Final = 0.25
"""How long a session that ended waits for its transaction at most, while others end."""


class Collected:
    """A sink that keeps one session's records, so that they can be stored with those of others."""

    def __init__(self) -> None:
        self.records: list[TraceRecord] = []

    def write(self, session_id: str, record: TraceRecord) -> None:  # noqa: ARG002 - a `Sink`
        """Keep the record."""
        self.records.append(record)


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that ended and is durable in the store; ``result`` is None where it was cut short.

    ``spend`` has what was open when it was cut, at its upper bound.
    """

    work: Work
    result: CellResult | None
    spend: Spend


class Pool:
    """Takes ended sessions, and gives them to ``stored`` once they are durable.

    A process that is killed loses those that wait: their cells are not done, and are run again.
    So this is for models at home, whose calls cost nothing. A model that is paid for writes to the
    store directly, and every call is durable before it is made.
    """

    def __init__(
        self,
        store: Store,
        stored: Callable[[Sequence[Ended]], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._stored = stored
        self._clock = clock
        self._waiting: list[tuple[Work, tuple[TraceRecord, ...]]] = []
        self._since = clock()

    def add(self, work: Work, records: Sequence[TraceRecord]) -> None:
        """Take a whole session; raises `StoreError` where the store cannot be written."""
        if not self._waiting:
            self._since = self._clock()
        self._waiting.append((work, tuple(records)))
        if len(self._waiting) >= MOST_SESSIONS:
            self.flush()

    def flush_late(self) -> None:
        """Store what has waited for long enough."""
        if self._waiting and self._clock() - self._since >= MOST_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Store everything that waits, in one transaction."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        self._store.add(records for _, records in waiting)
        self._stored([ending(work, records) for work, records in waiting])


def ending(work: Work, records: Sequence[TraceRecord]) -> Ended:
    """How the session ended; raises `ValueError` for records that are no session's trace."""
    last = records[-1].event
    if isinstance(last, SessionEnded) and last.status in ENDED:
        result = result_of(work.cell, records)
        return Ended(work, result, result.spend)
    account = replay(records).account
    return Ended(work, None, account.spent + account.held)
