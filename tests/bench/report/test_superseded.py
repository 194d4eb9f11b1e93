"""Sessions that were cut short are paid for, and a report says so."""

from __future__ import annotations

import shutil

import pytest

from soundly.bench.report.superseded import Superseded, superseded
from soundly.bench.runs.folder import read_run
from soundly.core.spend import Spend
from soundly.store import Store

from .results import result


def add(store, session_id, *, tokens, status):
    """A session of one call, kept under an id; an open one holds its call."""
    from soundly.core import events as ev
    from soundly.core.completion import Completion, Message, Request
    from soundly.core.events import TraceRecord
    from soundly.core.problem import Problem
    from soundly.core.spend import Budget, Quote

    start = ev.SessionStarted(
        session_id, Problem("blocksworld", "p", {"problem": "p"}), "single", "m", "critic", (),
        Budget(), 0, "0", "2026-01-31T12:00:00.000000+00:00",
    )  # fmt: skip
    held = ev.CallHeld(1, "single", Request((Message("user", "go"),)), Quote(tokens, 0, 0.25))
    events = [start, held]
    if status != "killed":
        spend = Spend(1, tokens, dollars=0.25)
        events.append(ev.CallSettled(1, Completion("x", "m", dollars=0.25), spend))
        events.append(ev.SessionEnded(status, "because", None, None, None, spend))
    store.add([[TraceRecord(number, 0.0, event) for number, event in enumerate(events)]])


def test_sessions_before_those_that_count_are_added_up_at_their_upper_bound(tmp_path):
    done, once = result(), result(seed=1)
    results = tuple(
        result(seed=each.cell.seed, session=f"{each.cell.id}.{number}")
        for each, number in ((done, 3), (once, 1))
    )
    with Store.open(tmp_path / "store.sqlite3") as store:
        add(store, f"{done.cell.id}.1", tokens=100, status="killed")
        add(store, f"{done.cell.id}.2", tokens=30, status="cancelled")
        add(store, f"{done.cell.id}.3", tokens=7, status="unsolved")
        add(store, f"{once.cell.id}.1", tokens=7, status="unsolved")
        found = superseded(results, store)
    assert (found.sessions, found.spent.tokens, found.spent.dollars) == (2, 130, 0.5)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Superseded(1, Spend(1, 1500)),
            "1 session was cut short or run again: at most 1,500 more tok",
        ),
        (
            Superseded(2, Spend(2, 5, dollars=1.5)),
            "2 sessions were cut short or run again: at most 5 ",
        ),
        (Superseded(2, Spend(2, 5, dollars=1.5)), "more tokens and $1.50, which no other number"),
    ],
)
def test_it_is_said_in_a_sentence(found, said):
    assert said in str(found)


def test_a_report_says_what_they_cost(bench_run, tmp_path):
    pytest.importorskip("altair", reason="needs the extra bench")
    from soundly.bench.report.contents import contents, measure

    folder = tmp_path / "run"
    shutil.copytree(bench_run, folder)
    run = read_run(folder)
    with Store.open(run.store, create=False) as store:
        assert not any("Beside these" in each for each in contents(measure(run, store)).facts)
        add(store, f"{run.results[0].cell.id}.1", tokens=4321, status="killed")
        facts = contents(measure(run, store)).facts
    assert any("at most 4,321 more tokens" in each for each in facts)
