"""Several processes that open one new file at the same moment."""

import sqlite3

import pytest

from soundly.core.errors import StoreError
from soundly.generators.write_ahead_log import use_write_ahead_log


def test_two_processes_that_make_a_file_a_store_at_once_wait_for_each_other(monkeypatch):
    class Refusing:
        """SQLite as it answers when another process switches the file at the same moment."""

        refusals = 3

        def execute(self, _):
            if self.refusals == 0:
                return self
            self.refusals -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorname = "SQLITE_BUSY_RECOVERY"
            raise error

        def fetchone(self):
            return ("wal",)

    connection = Refusing()
    waits = []
    monkeypatch.setattr("soundly.generators.write_ahead_log.time.sleep", waits.append)
    use_write_ahead_log(connection, 5.0)
    assert len(waits) == 3
    connection.refusals = 1
    with pytest.raises(sqlite3.OperationalError):
        use_write_ahead_log(connection, -1.0)


def test_a_file_system_without_a_write_ahead_log_is_said():
    connection = sqlite3.connect(":memory:")
    with pytest.raises(StoreError, match=r"does not support a write-ahead log \(got memory\)"):
        use_write_ahead_log(connection, 1.0)
    connection.close()
