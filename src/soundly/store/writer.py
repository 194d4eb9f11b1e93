"""Writes traces as they happen, many records to a transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from soundly.core.errors import StoreError
from soundly.core.events import (
    CallHeld,
    Certified,
    Event,
    SessionEnded,
    SessionStarted,
    TraceRecord,
)
from soundly.core.replay import Replay, replay
from soundly.store.database import Database
from soundly.store.rows import (
    PROGRESS,
    as_kept,
    certificate_row,
    progress_row,
    record_row,
    session_row,
)
from soundly.store.schema import CERTIFICATES, RECORDS, SESSIONS

MAX_PENDING: Final = 256
"""Records that wait for a transaction at most."""

_INSERT: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
_UPDATE = (
    update(SESSIONS)
    .where(SESSIONS.c.id == bindparam("session_id"))
    .values({name: bindparam(name) for name in PROGRESS})
)


class Writer:
    """Takes the records of any number of open sessions, from any thread.

    A session's start and end and every `CallHeld` are durable when `write` returns; other records
    wait for the next of these, of any session, or for `flush`. A killed process thus leaves every
    finished session whole, its certificate with it, and of an unfinished one at least its start
    and every call that was made, at its cost or at its upper bound.

    When a transaction fails, the records stay and the next one takes them along, so a lock or a
    full disk loses nothing that a later `flush` can still write.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.RLock()
        self._open: dict[str, Replay] = {}
        self._waiting: list[tuple[dict[str, object], Event]] = []
        self._touched: set[str] = set()

    def write(self, session_id: str, record: TraceRecord) -> None:
        """Take one record; raises `StoreError` where it cannot be written or cannot stand here."""
        record = as_kept(record)
        with self._lock:
            try:
                if isinstance(record.event, SessionStarted):
                    self._begin(session_id, record)
                else:
                    self._continue(session_id, record)
            except ValueError as error:
                raise StoreError(f"session {session_id} cannot be stored: {error}") from error
            if (
                isinstance(record.event, CallHeld | SessionEnded)
                or len(self._waiting) >= MAX_PENDING
            ):
                self.flush()

    def flush(self) -> None:
        """Write every waiting record, in one transaction."""
        with self._lock:
            if not self._waiting:
                return
            rows, events = zip(*self._waiting, strict=True)
            touched = {session_id: self._open[session_id] for session_id in self._touched}
            with self._database.writing() as connection:
                connection.execute(insert(RECORDS), rows)
                _keep_certificates(connection, events)
                connection.execute(
                    _UPDATE,
                    [{"session_id": key} | progress_row(state) for key, state in touched.items()],
                )
            for session_id, state in touched.items():
                if state.ended is not None:
                    del self._open[session_id]
            self._waiting.clear()
            self._touched.clear()

    def _begin(self, session_id: str, record: TraceRecord) -> None:
        if session_id in self._open:
            raise ValueError("it is open already")
        state = Replay()
        state.take(record)
        if state.started.session_id != session_id:
            raise ValueError(f"its first record starts session {state.started.session_id!r}")
        with self._database.writing() as connection:
            insert_session(connection, state, [record])
        self._open[session_id] = state

    def _continue(self, session_id: str, record: TraceRecord) -> None:
        state = self._open.get(session_id)
        if state is None:
            raise ValueError("it was not started in this store, or has ended")
        row = record_row(session_id, record)
        state.take(record)
        self._waiting.append((row, record.event))
        self._touched.add(session_id)


def insert_session(connection: Connection, state: Replay, records: Sequence[TraceRecord]) -> None:
    """Write a session from its first record on, ``state`` being what the records come to.

    Raises `ValueError` for an id that is taken.
    """
    session_id = state.started.session_id
    if connection.scalar(select(SESSIONS.c.id).where(SESSIONS.c.id == session_id)) is not None:
        raise ValueError(f"the store already holds a session {session_id}")
    connection.execute(insert(SESSIONS), [session_row(state)])
    connection.execute(insert(RECORDS), [record_row(session_id, record) for record in records])
    _keep_certificates(connection, [record.event for record in records])


def insert_sessions(connection: Connection, sessions: Iterable[Sequence[TraceRecord]]) -> None:
    """Write whole sessions, with one statement a table.

    Raises `ValueError` for records that are no session's trace and for an id that is taken.
    """
    kept = [tuple(map(as_kept, records)) for records in sessions]
    if not kept:
        return
    states = [replay(records) for records in kept]
    ids = [state.started.session_id for state in states]
    taken = connection.scalar(select(SESSIONS.c.id).where(SESSIONS.c.id.in_(ids)).limit(1))
    if taken is not None or len(set(ids)) < len(ids):
        raise ValueError(f"the store already holds a session {taken or ids}")
    connection.execute(insert(SESSIONS), [session_row(state) for state in states])
    connection.execute(
        insert(RECORDS),
        [
            record_row(session_id, record)
            for session_id, records in zip(ids, kept, strict=True)
            for record in records
        ],
    )
    _keep_certificates(connection, [record.event for records in kept for record in records])


def _keep_certificates(connection: Connection, events: Iterable[Event]) -> None:
    """Write the document of every `Certified` under its SHA-256, unless it is there already."""
    found = [event for event in events if isinstance(event, Certified)]
    if found:
        # in one order, because two processes that add the same two must not wait for each other
        rows = [certificate_row(event) for event in sorted(found, key=attrgetter("sha256"))]
        statement = _INSERT[connection.dialect.name](CERTIFICATES).on_conflict_do_nothing()
        connection.execute(statement, rows)
