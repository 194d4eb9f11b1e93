"""Numbers the events of a session, keeps them, and hands them on as they happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from soundly.core.errors import StoreError
from soundly.core.events import Event, Sink, TraceRecord


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

    def add(self, event: Event) -> None:
        """Append an event and give it to every sink.

        A sink that fails raises `StoreError`, which ends the session, and gets nothing more: the
        other sinks still see how the session ended.
        """
        record = TraceRecord(len(self._records), self.seconds, event)
        self._records.append(record)
        for sink in self._sinks:
            try:
                sink.write(self.session_id, record)
            except Exception as error:
                self._sinks = tuple(other for other in self._sinks if other is not sink)
                if isinstance(error, StoreError):
                    raise
                name = type(sink).__name__
                raise StoreError(f"{name} broke: {type(error).__name__}: {error}") from error
