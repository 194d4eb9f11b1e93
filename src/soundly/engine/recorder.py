"""Numbers the events of a session, keeps them, and hands them on as they happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from soundly.core.errors import StoreError, StrategyError
from soundly.core.events import Event, SessionEnded, Sink, TraceRecord


class Recorder:
    """The trace of one session. ``clock`` gives seconds from any fixed point."""

    def __init__(
        self, session_id: str, *, sinks: Sequence[Sink], clock: Callable[[], float]
    ) -> None:
        self.session_id = session_id
        self._sinks = tuple(sinks)
        self._clock = clock
        self._start = clock()
        self._records: list[TraceRecord] = []

    @property
    def seconds(self) -> float:
        """Seconds since the session began."""
        return self._clock() - self._start

    @property
    def trace(self) -> tuple[TraceRecord, ...]:
        """All records so far, in order."""
        return tuple(self._records)

    @property
    def _ended(self) -> bool:
        return bool(self._records) and isinstance(self._records[-1].event, SessionEnded)

    def add(self, event: Event) -> None:
        """Append an event and give it to every sink.

        A sink that fails gets nothing more, and once the other sinks have the record `StoreError`
        is raised, which ends the session: their traces have no gap and still see the end.

        Nothing follows the end: whoever goes on gets `StrategyError`, and so buys nothing, since
        every call is traced before it is made.
        """
        if self._ended:
            raise StrategyError(
                f"session {self.session_id} has ended: nothing can be asked or checked in it"
            )
        failures = self._deliver(event)
        if failures:
            raise failures[0]

    def close(self, *events: Event) -> list[StoreError]:
        """Append the last events of a session that failed, unless its end is written already.

        A failure is on its way when this is called, so sinks that fail now do not hide it: what
        they raised is returned.
        """
        if self._ended:
            return []
        return [failure for event in events for failure in self._deliver(event)]

    def _deliver(self, event: Event) -> list[StoreError]:
        record = TraceRecord(len(self._records), self.seconds, event)
        self._records.append(record)
        failures: list[StoreError] = []
        for sink in self._sinks:
            try:
                sink.write(self.session_id, record)
            except Exception as error:  # noqa: BLE001 - it leaves as a StoreError, chained
                self._sinks = tuple(other for other in self._sinks if other is not sink)
                failures.append(_store_error(sink, error))
        return failures


def _store_error(sink: Sink, error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    failure = StoreError(f"{type(sink).__name__} broke: {type(error).__name__}: {error}")
    failure.__cause__ = error
    return failure
