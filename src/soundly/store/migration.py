"""Brings a store to the schema of this version, however many processes open it at once."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import Connection, inspect, text

from soundly.core.errors import UsageError
from soundly.store.database import Database
from soundly.store.schema import REVISION, VERSION_TABLE

# any number, the same in every Soundly: who migrates a PostgreSQL store holds this lock
_ADVISORY_LOCK = 7_663_035_511


@dataclass(frozen=True, slots=True)
class History:
    """Alembic migrations in a folder (a path, or "package:folder") and the newest revision."""

    scripts: str
    head: str


PACKAGED = History("soundly.store:migrations", REVISION)


def migrate(database: Database, *, create: bool = True, history: History = PACKAGED) -> None:
    """Create or upgrade the tables; where they are up to date this is one query.

    A migration that fails or is killed leaves the store as it was. Raises `UsageError` for a store
    that a newer Soundly wrote, for a database that holds something else, and, unless ``create``,
    for an empty one.
    """
    with database.reading() as connection:
        if _revision(connection, database.name, history) == history.head:
            return
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        # asked again, because another process may have migrated while this one waited
        current = _revision(connection, database.name, history)
        if current is None:
            _require_empty(connection, database.name, create=create)
        if current != history.head:
            _upgrade(connection, history)


def _revision(connection: Connection, name: str, history: History) -> str | None:
    """The store's schema revision, None where there is no schema."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    if revision is None:
        return None
    if revision > history.head:
        raise UsageError(
            f"the store {name} was written by a newer Soundly (schema {revision}, "
            f"this one reads up to {history.head}): upgrade soundly"
        )
    return str(revision)


def _require_empty(connection: Connection, name: str, *, create: bool) -> None:
    others = sorted(set(inspect(connection).get_table_names()) - {VERSION_TABLE})
    if others:
        raise UsageError(
            f"the database {name} holds something else (table {others[0]!r}): "
            "wanted a Soundly store or an empty database"
        )
    if not create:
        raise UsageError(f"there is no store in the database {name}")


def _upgrade(connection: Connection, history: History) -> None:
    # Alembic takes 0.15 s to import and an up-to-date store does not need it
    config = import_module("alembic.config").Config(attributes={"connection": connection})
    config.set_main_option("script_location", history.scripts)
    import_module("alembic.command").upgrade(config, "head")
