"""A connection pool with transactions that begin, wait and fail alike on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from soundly.core.errors import UsageError
from soundly.generators.write_ahead_log import use_write_ahead_log
from soundly.store.address import for_reading, reads_only, shown
from soundly.store.failure import explain

_WRITES = "soundly_writes"


class Database:
    """A database file or server; nothing is connected before the first transaction.

    A transaction waits up to ``max_wait_seconds`` for a lock that another process holds. A file
    that this process may not write can still be read.
    """

    def __init__(self, url: URL, *, max_wait_seconds: float) -> None:
        self.name = shown(url)
        url = for_reading(url)
        try:
            if reads_only(url):
                self._engine = create_engine(url)
            elif url.drivername == "sqlite":
                self._engine = create_engine(url, connect_args={"timeout": max_wait_seconds})
                event.listen(self._engine, "connect", _prepare_sqlite(max_wait_seconds))
                event.listen(self._engine, "begin", _begin_sqlite)
            else:
                options = f"-c lock_timeout={round(max_wait_seconds * 1000)}"
                self._engine = create_engine(
                    url, pool_pre_ping=True, connect_args=_postgres_arguments(url, options)
                )
        except ModuleNotFoundError as error:
            raise UsageError(
                f"the store {self.name} needs a driver that is not installed: "
                "pip install 'soundly[postgres]'"
            ) from error
        self._writer = self._engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: it sees one moment and blocks no writer."""
        with self._failures_explained(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: committed when the block ends, undone when it raises."""
        with self._failures_explained(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def _failures_explained(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise explain(error, self.name) from error


def _postgres_arguments(url: URL, options: str) -> dict[str, object]:
    stated = url.query.get("options", "")
    text = " ".join(stated) if isinstance(stated, tuple) else stated
    return {"options": f"{text} {options}".strip(), "application_name": "soundly"}


def _prepare_sqlite(max_wait_seconds: float) -> Callable[[sqlite3.Connection, object], None]:
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # pysqlite begins transactions late and never for DDL: `_begin_sqlite` does it instead,
        # so that a migration that is killed leaves the old schema whole
        connection.isolation_level = None
        use_write_ahead_log(connection, max_wait_seconds)
        # NORMAL: a commit outlives the process, kill -9 included, at once. A power cut may take
        # the last commits, never part of one; FULL would wait for the disk on every model call.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    return prepare


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: one that reads first and writes later can be refused
    # without a wait when another process wrote in between.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
