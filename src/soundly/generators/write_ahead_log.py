"""SQLite's write-ahead log, switched on by several processes at once."""

from __future__ import annotations

import sqlite3
import time

from soundly.core.errors import StoreError


def use_write_ahead_log(connection: sqlite3.Connection, max_wait_seconds: float) -> None:
    """Switch the file to WAL, which it then stays in.

    SQLite does not wait when two processes switch a new file at the same moment, so this does.

    Raises:
        sqlite3.OperationalError: the file stayed locked for ``max_wait_seconds``.
        StoreError: the file system does not support a write-ahead log.
    """
    deadline = time.monotonic() + max_wait_seconds
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            break
    if mode != "wal":
        raise StoreError(f"the file's file system does not support a write-ahead log (got {mode})")
