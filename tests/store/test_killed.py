"""Processes that are killed with SIGKILL, and processes that write at the same time."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

from soundly.core.replay import UNFINISHED, Account, replay
from soundly.core.spend import Spend
from soundly.store import Store

CHILD = Path(__file__).with_name("writing_child.py")
FULL = 12  # records of a finished session of the child


def start(address, prefix, wanted=0):
    return subprocess.Popen(
        [sys.executable, str(CHILD), address, prefix, str(wanted)],
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_after(child, lines):
    """Kill the child when it has said so many lines, and give all that it had said by then."""
    with child:
        said = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        said += child.stdout.readlines()
    return [line.split() for line in said if line.endswith("\n") and line != "open\n"]


def test_a_killed_process_leaves_what_it_called_durable(address, backend):
    rng = random.Random(7)
    said = []
    for round_number in range(4):
        child = start(address, f"r{round_number}")
        said += kill_after(child, rng.randrange(1, 60))
        if backend == "sqlite":
            with sqlite3.connect(address) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            raw.close()
    with Store.open(address, create=False) as store:
        listed = {entry.session_id: entry for entry in store.sessions(limit=None)}
        durable = {session_id: int(records) for _, session_id, records in said}
        assert durable.keys() <= listed.keys()
        for session_id, entry in listed.items():
            trace = store.trace(session_id)
            state = replay(trace)  # of one piece, from the first record on
            assert len(trace) >= durable.get(session_id, 1)
            assert (entry.status, Account(entry.spent, entry.held)) == (state.status, state.account)
            assert entry.finished == (len(trace) == FULL)
            if entry.finished:
                assert store.certificate(entry.certificate_sha256).claim == "solved"
        for word, session_id, _ in said:
            if word == "ended":
                assert listed[session_id].status == "solved"
        unfinished = store.sessions(limit=None, status=UNFINISHED)
    assert 1 <= len(unfinished) <= 4
    for entry in unfinished:
        calls = entry.spent.calls + entry.held.calls
        assert entry.held in (
            Spend(),
            Spend(1, 100, 50, dollars=0.5),
        ), "at most the one open call, at its upper bound"
        assert entry.spent.dollars == 0.25 * entry.spent.calls
        assert calls <= 3


def test_processes_that_create_and_write_one_store_at_once_lose_nothing(address):
    children = [start(address, f"p{number}", 20) for number in range(4)]
    for child in children:
        with child:
            said = child.stdout.read().splitlines()
        assert child.returncode == 0
        assert sum(line.startswith("ended") for line in said) == 20
    with Store.open(address, create=False) as store:
        listed = store.sessions(limit=None)
        assert {entry.session_id for entry in listed} == {
            f"p{process}-{number}" for process in range(4) for number in range(1, 21)
        }
        assert all(len(store.trace(entry.session_id)) == FULL for entry in listed)
        assert {entry.status for entry in listed} == {"solved"}
        assert {entry.spent.calls for entry in listed} == {3}
