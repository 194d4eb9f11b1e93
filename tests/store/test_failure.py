"""What goes wrong with a store is one line that says what to do, and loses nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import event

from soundly.core.errors import StoreError, UsageError
from soundly.store import Store, default_location
from soundly.store.address import parse_address, shown, without_password


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite3"


def refusal(kind, location, **options):
    with pytest.raises(kind) as caught:
        Store.open(location, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "location",
    ["", "  ", "sqlite://", "sqlite:///:memory:", "mysql://host/x", "nonsense://", "://", "a\0b"],
)
def test_an_address_that_is_none_is_refused(location):
    refusal(UsageError, location)


def test_a_password_is_never_shown():
    for location in ("mysql://me:hunter2@host/x", "postgresql://me:hunter2@host:port/x"):
        assert "hunter2" not in refusal(UsageError, location)


def test_a_server_that_does_not_answer_is_named_without_its_password():
    message = refusal(StoreError, "postgresql://me:hunter2@127.0.0.1:1/x")
    assert "127.0.0.1" in message
    assert "hunter2" not in message


def test_a_missing_driver_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "soundly[postgres]" in refusal(UsageError, "postgresql://host/x")


def test_a_file_that_is_no_database_is_refused_and_left_alone(path):
    path.write_text("my notes, which are longer than a header of a hundred bytes " * 9)
    before = path.read_bytes()
    assert "not an SQLite database" in refusal(UsageError, path)
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path):
    assert "folder" in refusal(UsageError, tmp_path)


def test_a_store_below_a_file_cannot_be_created(path):
    path.write_text("")
    refusal(StoreError, path / "below" / "store.sqlite3")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_said(tmp_path):
    tmp_path.chmod(0o500)
    refusal(StoreError, tmp_path / "store.sqlite3")


def test_missing_folders_are_made(tmp_path):
    Store.open(tmp_path / "a" / "b" / "store.sqlite3").close()
    assert (tmp_path / "a" / "b" / "store.sqlite3").exists()


def test_a_store_locked_by_another_process_is_said_and_no_record_is_lost(path, one_call):
    other = sqlite3.connect(path, isolation_level=None)
    with Store.open(path, max_wait_seconds=0.01) as store:
        first, held, *rest = one_call()
        store.write("s1", first)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another process"):
            store.write("s1", held)
        other.execute("ROLLBACK")
        for record in rest:
            store.write("s1", record)
        assert store.trace("s1") == one_call()
    other.close()


def test_an_empty_file_locked_while_it_becomes_a_store_is_said(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "locked" in refusal(StoreError, path, max_wait_seconds=0.01)
    other.close()


def test_a_full_disk_is_said_and_what_waits_is_written_when_there_is_room(path, one_call):
    with Store.open(path) as store:
        engine = store._database._engine
        pages = 1

        @event.listens_for(engine, "checkout")
        def limit(connection, *_):
            connection.execute(f"PRAGMA max_page_count = {pages}")

        first, held, *rest = one_call()
        pages = 10**6
        store.write("s1", first)
        filler = one_call("s2", name="x" * 10**6)[0]
        pages = 1
        with pytest.raises(StoreError, match="disk is full"):
            store.write("s2", filler)
        pages = 10**6
        for record in (held, *rest):
            store.write("s1", record)
        assert store.trace("s1") == one_call()
        assert [entry.session_id for entry in store.sessions()] == ["s1"]


def test_a_damaged_record_is_a_broken_store_and_no_trace(path, one_call):
    with Store.open(path) as store:
        for record in one_call():
            store.write("s1", record)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE records SET line = substr(line, 1, 40) WHERE sequence = 3")
    raw.close()
    with Store.open(path) as store, pytest.raises(StoreError, match="record 3 of session s1"):
        store.trace("s1")


def test_a_closed_store_says_so(path, one_call):
    store = Store.open(path)
    store.close()
    store.close()
    for use in (
        store.sessions,
        store.flush,
        lambda: store.trace("s1"),
        lambda: store.write("s1", one_call()[0]),
        lambda: store.certificate("0"),
    ):
        with pytest.raises(StoreError, match="is closed"):
            use()


def test_the_variable_moves_the_default_store():
    assert default_location({"SOUNDLY_STORE": "postgresql://host/x"}) == "postgresql://host/x"
    assert default_location({"SOUNDLY_STORE": ""}).endswith("store.sqlite3")


def test_the_package_does_not_load_its_database_library():
    code = "import sys, soundly.store; print('sqlalchemy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, text=True, stdout=subprocess.PIPE
    )
    assert done.stdout == "False\n"


def test_a_store_that_may_not_be_written_is_read(path, one_call, monkeypatch):
    with Store.open(path) as store:
        for record in one_call("s1"):
            store.write("s1", record)
    monkeypatch.setattr(os, "access", lambda *_: False)
    before = sorted(path.parent.iterdir())
    with Store.open(path, create=False) as store:
        assert len(store.trace("s1")) == 7
        assert [session.session_id for session in store.sessions()] == ["s1"]
        with pytest.raises(StoreError, match="cannot be written: the file or its folder is read"):
            store.write("s2", one_call("s2")[0])
        with pytest.raises(StoreError, match="cannot be written: the file or its folder is read"):
            store.claims().take(["a"])
    assert sorted(path.parent.iterdir()) == before


def test_what_stands_in_the_log_of_a_store_that_may_not_be_written_is_not_passed_over(
    path, one_call, monkeypatch
):
    with Store.open(path) as store:
        for record in one_call("s1"):
            store.write("s1", record)
        monkeypatch.setattr(os, "access", lambda *_: False)
        with Store.open(path, create=False) as other:
            assert len(other.trace("s1")) == 7


@pytest.mark.parametrize(
    "location",
    [
        "postgresql://user:sekret@host:1/runs",
        "postgresql://user@host/runs?password=sekret",
        "postgresql://host/runs?sslpassword=sekret&connect_timeout=3",
    ],
)
def test_a_password_is_left_out_wherever_it_stands(location):
    plain = without_password(location)
    assert "sekret" not in plain
    assert "sekret" not in shown(parse_address(location))
    assert without_password(plain) == plain
    assert parse_address(plain).host == parse_address(location).host
    assert ("connect_timeout=3" in plain) == ("connect_timeout" in location)


def test_an_address_without_a_password_stays_as_it_was_written():
    server = "postgresql://u@h/d?application_name=x"
    for location in ("runs.sqlite3", "sqlite:///runs.sqlite3", server):
        assert without_password(location) == location
