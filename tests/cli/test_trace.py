"""`soundly trace`: what the store remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from soundly.core.codec import record_from_json
from soundly.core.completion import Message, Request
from soundly.core.events import CallHeld, SessionStarted, TraceRecord
from soundly.core.moment import is_utc_text
from soundly.core.problem import Problem
from soundly.core.spend import Budget, Quote
from soundly.store import Store


def test_the_list_shows_each_session_with_its_end(run, blocks, script):
    run("solve", *blocks, "--strategy", "kairos")
    run("solve", *blocks, "--strategy", "single", "--model", script("no"))
    ran = run("trace")
    assert ran.code == 0
    assert "solved by kairos" in ran.out
    assert "unsolved" in ran.out
    assert "unsolved" not in run("trace", "--status", "solved").out


def test_where_no_session_stands_so_it_is_said_of_the_status_and_not_of_the_store(run, blocks):
    run("solve", *blocks, "--strategy", "kairos")
    ran = run("trace", "--status", "unfinished")
    assert (ran.code, ran.out) == (0, "no session is unfinished; without --status all are listed\n")


def test_a_store_without_sessions_says_how_one_is_made_whatever_is_asked(run):
    Store.open("store.sqlite3").close()
    for options in ((), ("--status", "solved")):
        assert run("trace", *options).out.startswith("no sessions yet: soundly solve")


def test_a_session_that_was_killed_is_listed_with_what_it_could_still_cost(run, tmp_path):
    problem = Problem("planning", "killed", {"domain": "d", "problem": "p"})
    started = SessionStarted(
        "abcdef123456",
        problem,
        "single",
        "m",
        "c",
        ("sound",),
        Budget(),
        0,
        "0",
        "2026-01-31T12:00:00.000000+00:00",
    )
    held = CallHeld(1, "single", Request((Message("user", "?"),)), Quote(900, 100, 0.5))
    store = Store.open(tmp_path / "store.sqlite3")
    store.write("abcdef123456", TraceRecord(0, 0.0, started))
    store.write("abcdef123456", TraceRecord(1, 1.0, held))
    store.close()
    ran = run("trace")
    assert "unfinished" in ran.out
    assert "≤ 1,000" in ran.out
    assert "≤ $0.50" in ran.out
    shown = run("trace", "abc")
    assert "UNFINISHED" in shown.out
    assert "at most 1 model call · 1,000 tokens" in shown.out


def test_a_session_is_shown_again_as_it_was_seen_and_its_certificate_is_rechecked(
    run, blocks, script
):
    model = script("(pick-up a)")
    live = run("solve", *blocks, "--model", model, "--strategy", "refine:rounds=1+kairos")
    session = live.out.split("session ")[1][:12]
    again = run("trace", session[:5])
    seen, _, _ = live.out.partition("certificate  ")
    assert again.out.startswith(seen)
    assert "re-checked" in again.out


def test_jsonl_is_the_trace_line_by_line(run, blocks):
    run("solve", *blocks, "--strategy", "kairos", "--out", "out")
    session = json.loads(run("solve", *blocks, "--strategy", "kairos", "--json").out)["session"]
    lines = run("trace", session, "--jsonl").out.splitlines()
    records = [record_from_json(json.loads(line)) for line in lines]
    assert [record.sequence for record in records] == list(range(len(lines)))


def test_the_certificate_of_a_session_can_be_printed_and_rechecked(run, blocks, tmp_path):
    """To the same evidence as in the session's folder, in plain ASCII for any pipe."""
    domain, problem = blocks
    accented = tmp_path / "accented.pddl"
    accented.write_text(f"; Klötze\n{problem.read_text()}", encoding="utf-8")
    run("solve", domain, accented, "--strategy", "kairos", "--out", "out")
    session = json.loads((tmp_path / "out" / "outcome.json").read_text())["session"]
    assert f"soundly trace {session} --certificate" in run("trace", session).out
    printed = run("trace", session[:6], "--certificate")
    assert printed.code == 0
    assert printed.out.isascii()
    kept = json.loads((tmp_path / "out" / "certificate.json").read_text(encoding="utf-8"))
    assert json.loads(printed.out) == kept
    again = tmp_path / "again.json"
    again.write_text(printed.out)
    assert run("recheck", again, "--domain", domain, "--problem", accented).code == 0


def test_a_session_without_a_certificate_has_none_to_print(run, blocks, script):
    run("solve", *blocks, "--strategy", "single", "--model", script("no"))
    session = json.loads(
        run("solve", *blocks, "--strategy", "single", "--model", script("no"), "--json").out
    )["session"]
    ran = run("trace", session, "--certificate")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "has no certificate: it is unsolved" in ran.err


def test_the_trace_in_a_sessions_folder_says_when_it_began(run, blocks, tmp_path):
    run("solve", *blocks, "--strategy", "kairos", "--out", "out")
    first = (tmp_path / "out" / "trace.jsonl").read_text().splitlines()[0]
    assert is_utc_text(json.loads(first)["event"]["started_at"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["0000"], "no session"),
        (["../x"], "no session id"),
        (["--status", "done"], "wanted one of solved"),
        (["--limit", "0"], "--limit"),
        (["--certificate"], "give its id"),
        (["--jsonl"], "give its id"),
        (["x", "--certificate", "--jsonl"], "choose one"),
        (["--store", "nowhere.sqlite3"], "no store at"),
    ],
)
def test_what_is_not_there_is_one_line_and_code_2(run, blocks, arguments, says):
    run("solve", *blocks, "--strategy", "kairos", "--json")
    ran = run("trace", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_session_takes_one_line_of_the_list_and_its_id_is_whole(
    run, blocks, script, monkeypatch, width
):
    model = script("(pick-up a)")
    run("solve", *blocks, "--model", model, "--strategy", "single+kairos", "--out", "s")
    session = json.loads(Path("s/outcome.json").read_text())["session"]
    monkeypatch.setenv("COLUMNS", str(width))
    _, line = run("trace").out.splitlines()
    assert line.startswith(session[:8])
    assert "solved" in line
    assert len(line) <= width
