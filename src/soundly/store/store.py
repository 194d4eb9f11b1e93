"""The store: where traces live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from sqlalchemy import Connection, func, select

from soundly.core.certificate import Certificate, read_certificate
from soundly.core.codec import event_kind
from soundly.core.errors import CertificateError, StoreError, UsageError
from soundly.core.events import TraceRecord
from soundly.core.session_id import require_session_id
from soundly.kernel import Refused
from soundly.store.address import parse_address, prepare_file
from soundly.store.claims import Claims
from soundly.store.database import Database
from soundly.store.jsonl import read_session
from soundly.store.ledger import Ledger
from soundly.store.migration import migrate
from soundly.store.rows import from_line, summary
from soundly.store.schema import CERTIFICATES, RECORDS, SESSIONS
from soundly.store.summary import SessionSummary
from soundly.store.writer import Writer, insert_session, insert_sessions

_AT_ONCE: Final = 500
"""Sessions that one query asks for; the databases take no list without end."""


class Store:
    """Sessions, their traces and their certificates, in one SQLite file or PostgreSQL database.

    A store is a `soundly.core.events.Sink`. Several processes may use one at the same time; one
    process writes a given session. Methods may be called from any thread. They block: a write on
    SQLite takes about a tenth of a millisecond, or up to ``max_wait_seconds`` while another
    process holds the lock.

    A write outlives ``kill -9`` of this process once `write` has said it is durable. On SQLite a
    power cut can take the last writes, never part of one; on PostgreSQL the server's own settings
    decide.

    Example:
        >>> with Store.open("traces.sqlite3") as store:  # doctest: +SKIP
        ...     outcome = await solve(problem, …, sinks=[store])
        ...     store.trace(outcome.session_id[:4])
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writer = Writer(database)
        self._closed = False

    @classmethod
    def open(
        cls, location: str | Path, *, create: bool = True, max_wait_seconds: float = 5.0
    ) -> Self:
        """The store at a path or URL, created (unless ``create`` is off) and migrated as needed.

        Raises `UsageError` for an address that is none, a missing driver, a database that holds
        something else or was written by a newer version, and `StoreError` where the database
        cannot be reached, locked or written.
        """
        url = parse_address(location)
        prepare_file(url, create=create)
        database = Database(url, max_wait_seconds=max_wait_seconds)
        try:
            migrate(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def write(self, session_id: str, record: TraceRecord) -> None:
        """Take one record of a session, in order from its first.

        Durable on return: a session's start, its end, and every `CallHeld`, with all records
        before them. The others wait for the next of these in any session, for a reader of this
        store, or for `flush`. After a `StoreError` for a lock or a full disk the record is kept
        and the next write takes it along; a record out of its place is refused for good.
        """
        self._require_open()
        self._writer.write(session_id, record)

    def flush(self) -> None:
        """Make every record that was taken durable."""
        self._require_open()
        self._writer.flush()

    def sessions(
        self, *, limit: int | None = 50, status: str | None = None, family: str | None = None
    ) -> tuple[SessionSummary, ...]:
        """The newest sessions, newest first; None as ``limit`` is all of them.

        ``status`` keeps only those that stand so, ``family`` only those about its problems.
        """
        query = select(SESSIONS).order_by(SESSIONS.c.started_at.desc(), SESSIONS.c.id).limit(limit)
        if status is not None:
            query = query.where(SESSIONS.c.status == status)
        if family is not None:
            query = query.where(SESSIONS.c.family == family)
        self.flush()
        with self._database.reading() as connection:
            return tuple(summary(row) for row in connection.execute(query).mappings())

    def session(self, prefix: str) -> SessionSummary:
        """The session whose id is ``prefix`` or alone begins with it, else `UsageError`."""
        self.flush()
        with self._database.reading() as connection:
            session_id = self._find(connection, prefix)
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session_id))
            return summary(row.mappings().one())

    def known(self, session_ids: Sequence[str]) -> dict[str, SessionSummary]:
        """Those of the sessions that the store holds, by their whole ids."""
        self.flush()
        found: dict[str, SessionSummary] = {}
        with self._database.reading() as connection:
            for start in range(0, len(session_ids), _AT_ONCE):
                some = session_ids[start : start + _AT_ONCE]
                rows = connection.execute(select(SESSIONS).where(SESSIONS.c.id.in_(some)))
                found.update((row["id"], summary(row)) for row in rows.mappings())
        return found

    def add(self, sessions: Iterable[Sequence[TraceRecord]]) -> None:
        """Add whole sessions, all of them or none, in one transaction.

        Durable on return. Raises `StoreError` for records that are no session's trace and for an
        id that is taken.
        """
        self._require_open()
        try:
            with self._database.writing() as connection:
                insert_sessions(connection, sessions)
        except ValueError as error:
            raise StoreError(f"sessions cannot be stored: {error}") from error

    def claims(self) -> Claims:
        """A new holder of claims: who works on what, among all that use this store."""
        self._require_open()
        return Claims(self._database)

    def ledger(self, run: str, claims: Claims) -> Ledger:
        """The ledger of a run, by the name that all who share its budget give it.

        ``claims`` say who is still there: whoever reserves holds some and renews them.
        """
        self._require_open()
        return Ledger(self._database, run, claims)

    def trace(self, prefix: str) -> tuple[TraceRecord, ...]:
        """Every record of the session that `session` finds, in order, as it was written.

        Seconds are kept to the microsecond. Raises `StoreError` for a record that this version
        cannot read.
        """
        session_id, lines = self._lines(prefix)
        return tuple(self._record(session_id, number, line) for number, line in enumerate(lines))

    def events(
        self, session_ids: Collection[str], kinds: Collection[str]
    ) -> Iterator[tuple[str, TraceRecord]]:
        """The records of these kinds of many sessions, session by session, each in its order.

        ``kinds`` are as `soundly.core.codec.event_kind` spells them. Only these are decoded, and a
        session that the store does not hold has none. Raises `StoreError` for a record that this
        version cannot read.
        """
        self.flush()
        asked = sorted(set(session_ids))
        marks = tuple(f'"kind":"{kind}"' for kind in kinds)
        for start in range(0, len(asked), _AT_ONCE):
            query = (
                select(RECORDS)
                .where(RECORDS.c.session_id.in_(asked[start : start + _AT_ONCE]))
                .order_by(RECORDS.c.session_id, RECORDS.c.sequence)
            )
            with self._database.reading() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                # the text is looked at first: decoding is what takes the time
                if any(mark in row.line for mark in marks):
                    record = self._record(row.session_id, row.sequence, row.line)
                    if event_kind(record.event) in kinds:
                        yield row.session_id, record

    def export_jsonl(self, prefix: str, stream: TextIO) -> int:
        """Write the trace that `session` finds as JSON Lines, and say how many lines it has."""
        _, lines = self._lines(prefix)
        stream.writelines(f"{line}\n" for line in lines)
        return len(lines)

    def import_jsonl(self, stream: TextIO, *, source: str = "trace") -> str:
        """Add the session that `export_jsonl` wrote, and give its id.

        A trace without an end comes in as unfinished. Raises `UsageError` with ``source`` and the
        line for text that is no trace or of another version, and for a session that is in the
        store already.
        """
        self._require_open()
        session = read_session(stream, source=source)
        try:
            with self._database.writing() as connection:
                insert_session(connection, session.state, session.records)
        except ValueError as error:
            raise UsageError(f"{source}: {error}") from error
        return session.state.started.session_id

    def certificate(self, sha256: str) -> Certificate:
        """The certificate with this SHA-256, which some session's trace holds.

        Its seal is checked; re-checking what it proves is the kernel's work. Raises `UsageError`
        where the store has none and `CertificateError` where it was changed in the store.
        """
        self._require_open()
        query = select(CERTIFICATES.c.document).where(CERTIFICATES.c.sha256 == sha256)
        with self._database.reading() as connection:
            document = connection.scalar(query)
        if document is None:
            raise UsageError(f"the store {self._database.name} holds no certificate {sha256}")
        try:
            return read_certificate(document)
        except Refused as refused:
            raise CertificateError(f"certificate {sha256} is refused: {refused}") from refused

    def close(self) -> None:
        """Write what waits and give the database back; closing twice is once.

        Raises `StoreError` where the last records cannot be written; the store is closed then too.
        """
        if self._closed:
            return
        self._closed = True
        try:
            self._writer.flush()
        finally:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _record(self, session_id: str, number: int, line: str) -> TraceRecord:
        try:
            return from_line(line)
        except ValueError as error:
            raise StoreError(
                f"the store {self._database.name}: record {number} of session {session_id} "
                f"cannot be read: {error}"
            ) from error

    def _lines(self, prefix: str) -> tuple[str, list[str]]:
        self.flush()
        with self._database.reading() as connection:
            session_id = self._find(connection, prefix)
            query = (
                select(RECORDS.c.line)
                .where(RECORDS.c.session_id == session_id)
                .order_by(RECORDS.c.sequence)
            )
            return session_id, list(connection.scalars(query))

    def _find(self, connection: Connection, prefix: str) -> str:
        """The one session id that is ``prefix`` or begins with it, else `UsageError`."""
        try:
            require_session_id(prefix)
        except ValueError as error:
            raise UsageError(
                f"{prefix[:120]!r} is no session id and no beginning of one"
            ) from error
        column = SESSIONS.c.id
        # not LIKE, which takes "_" for any letter and on SQLite "A" for "a"
        begins = func.substr(column, 1, len(prefix)) == prefix
        # the exact id first: it is found even where it begins others
        query = select(column).where(begins).order_by(func.length(column), column).limit(4)
        found: list[str] = list(connection.scalars(query))
        if not found:
            raise UsageError(f"the store {self._database.name} holds no session {prefix!r}")
        first, *others = found
        if others and first != prefix:
            more = ", …" if len(found) > 3 else ""
            raise UsageError(f"{prefix!r} begins several session ids: {', '.join(found[:3])}{more}")
        return first

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(f"the store {self._database.name} is closed")
