"""What a database's error means to the person who chose the store, in one line."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from soundly.core.errors import SoundlyError, StoreError, UsageError

_SQLITE: tuple[tuple[str, type[SoundlyError], str], ...] = (
    ("SQLITE_BUSY", StoreError, "is locked by another process"),
    ("SQLITE_LOCKED", StoreError, "is locked by another connection"),
    ("SQLITE_NOTADB", UsageError, "is not an SQLite database"),
    ("SQLITE_CANTOPEN", StoreError, "cannot be opened: the file or its folder does not permit it"),
    ("SQLITE_READONLY", StoreError, "cannot be written: the file or its folder is read-only"),
    ("SQLITE_PERM", StoreError, "cannot be opened: no permission"),
    ("SQLITE_FULL", StoreError, "cannot grow: the disk is full"),
    ("SQLITE_TOOBIG", StoreError, "cannot hold a record that large (SQLite's limit is 1 GB)"),
    ("SQLITE_CORRUPT", StoreError, "is damaged"),
    ("SQLITE_IOERR", StoreError, "could not be read or written: the disk reports an error"),
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html, by prefix
_POSTGRES: tuple[tuple[str, type[SoundlyError], str], ...] = (
    ("28", UsageError, "refuses this user or password"),
    ("3D", UsageError, "does not exist"),
    ("42501", StoreError, "does not permit this user to write"),
    ("53100", StoreError, "cannot grow: the disk is full"),
    ("53", StoreError, "has no room for one more connection or query"),
    ("55P03", StoreError, "is locked by another process"),
    ("57", StoreError, "was shut down"),
)


def explain(error: SQLAlchemyError | sqlite3.Error, where: str) -> SoundlyError:
    """The failure to raise in place of ``error``, which happened at the store ``where``."""
    origin = getattr(error, "orig", None) or error
    code = str(getattr(origin, "sqlite_errorname", None) or getattr(origin, "sqlstate", None) or "")
    for prefix, kind, meaning in (*_SQLITE, *_POSTGRES):
        if code.startswith(prefix):
            return kind(f"the store {where} {meaning}")
    first_line = next(iter(str(origin).strip().splitlines()), type(origin).__name__)
    return StoreError(f"the store {where} failed: {first_line}")
