"""Schemas of other versions: older ones are migrated, newer ones refused."""

from __future__ import annotations

import shutil
from importlib.resources import files

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from soundly.core.errors import StoreError, UsageError
from soundly.core.replay import replay
from soundly.store import Store
from soundly.store.address import parse_address
from soundly.store.database import Database
from soundly.store.migration import History, migrate
from soundly.store.rows import session_row, to_line
from soundly.store.schema import METADATA, REVISION, VERSION_TABLE

FIRST = History("soundly.store:migrations", "0001")
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.add_column("sessions", sa.Column("note", sa.Text, server_default="from before"))
    op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True))
    {last}
"""


@pytest.fixture
def database(address):
    database = Database(parse_address(address), max_wait_seconds=5)
    yield database
    database.close()


def next_version(folder, *, last="pass"):
    """The migrations of a Soundly that is one revision ahead."""
    scripts = folder / "migrations"
    packaged = files("soundly.store") / "migrations"
    shutil.copytree(str(packaged), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v9999_next.py").write_text(NEXT.format(head=REVISION, last=last))
    return History(str(scripts), "9999")


def test_the_migrations_build_the_tables_that_the_code_uses(address, database):
    Store.open(address).close()
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_the_newest_packaged_migration_is_the_revision_that_the_code_expects(address, database):
    Store.open(address).close()
    with database.reading() as connection:
        stored = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    assert stored == REVISION


def test_an_old_store_is_migrated_and_keeps_its_sessions(address, database, one_call, tmp_path):
    with Store.open(address) as store:
        for record in one_call():
            store.write("s1", record)
    migrate(database, history=next_version(tmp_path))
    with database.reading() as connection:
        assert connection.execute(text("SELECT id, note FROM sessions")).all() == [
            ("s1", "from before")
        ]
        assert connection.scalar(text("SELECT count(*) FROM records")) == len(one_call())


def test_a_migration_that_fails_leaves_the_old_store_whole(address, database, one_call, tmp_path):
    with Store.open(address) as store:
        for record in one_call():
            store.write("s1", record)
    history = next_version(tmp_path, last='op.execute("SELECT * FROM nowhere")')
    with pytest.raises(StoreError):
        migrate(database, history=history)
    with database.reading() as connection:
        assert "notes" not in inspect(connection).get_table_names()
    with Store.open(address) as store:
        assert store.trace("s1") == one_call()


def test_a_store_of_a_newer_version_is_refused(address, database, tmp_path):
    migrate(database, history=next_version(tmp_path))
    with pytest.raises(UsageError, match="newer Soundly"):
        Store.open(address)


def test_a_database_that_holds_something_else_is_refused_and_left_alone(address, database):
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(UsageError, match="'invoices'"):
        Store.open(address)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == ["invoices"]


def test_a_store_that_must_exist_is_not_created(address):
    with pytest.raises(UsageError, match="there is no store"):
        Store.open(address, create=False)
    Store.open(address).close()
    Store.open(address, create=False).close()


def test_a_store_of_the_first_schema_gets_its_guarantees_from_the_traces(
    address, database, one_call
):
    """The size of its problems stays unknown."""
    lines = [to_line(record) for record in one_call()]
    with database.writing() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", FIRST.scripts)
        command.upgrade(config, FIRST.head)
        row = session_row(replay(one_call()))
        names = [name for name in row if name not in ("size", "guarantee")]
        values = ", ".join(f":{name}" for name in names)
        connection.execute(
            text(f"INSERT INTO sessions ({', '.join(names)}) VALUES ({values})"), row
        )
        for sequence, line in enumerate(lines):
            connection.execute(
                text("INSERT INTO records VALUES ('s1', :sequence, :line)"),
                {"sequence": sequence, "line": line},
            )
    with Store.open(address) as store:
        (listed,) = store.sessions()
        assert (listed.guarantee, listed.size, listed.status) == (("sound",), None, "solved")
