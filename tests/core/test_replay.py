"""A trace is replayed to what it says, and what is no trace is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.certificate import certify
from soundly.core.completion import Completion, Message, Request
from soundly.core.events import (
    CallFailed,
    CallHeld,
    CallSettled,
    Event,
    PartStarted,
    SessionEnded,
    SessionStarted,
    TraceRecord,
    certified,
)
from soundly.core.problem import Problem
from soundly.core.replay import UNFINISHED, Account, Replay, TraceError, replay
from soundly.core.spend import Budget, Quote, Spend

PROBLEM = Problem("f", "n", {"text": "x"})
START = SessionStarted(
    "s1",
    PROBLEM,
    "single",
    None,
    "critic",
    (),
    Budget(),
    0,
    "0",
    "2026-01-31T12:00:00.000000+00:00",
)
REQUEST = Request((Message("user", "go"),))
END = SessionEnded("unsolved", "stopped", None, None, None, Spend())
SOLVED, UNSOLVABLE = (
    certified("p", certify(PROBLEM, claim=claim, kind="k", evidence="e"))
    for claim in ("solved", "unsolvable")
)


def held(call: int, *, dollars: float | None = 0.5) -> CallHeld:
    return CallHeld(call, "p", REQUEST, Quote(100, 50, dollars))


def settled(call: int, *, dollars: float | None = 0.25) -> CallSettled:
    spend = Spend(1, 90, 10, dollars=dollars or 0.0)
    return CallSettled(call, Completion("x", "m", dollars=dollars), spend)


def failed(call: int, spend: Spend) -> CallFailed:
    return CallFailed(call, "broken", retryable=False, spend=spend)


def trace(*events: Event) -> tuple[TraceRecord, ...]:
    return tuple(TraceRecord(n, n / 2, event) for n, event in enumerate(events))


def test_an_open_call_is_held_at_its_upper_bound_and_not_spent():
    assert replay(trace(START, held(1), held(2), settled(1))).account == Account(
        spent=Spend(1, 90, 10, dollars=0.25, seconds=1.5), held=Spend(1, 100, 50, dollars=0.5)
    )


def test_a_failed_call_is_spent_at_what_its_event_says():
    state = replay(trace(START, held(1), failed(1, Spend(1, 100, 50, dollars=0.5))))
    assert state.account == Account(spent=Spend(1, 100, 50, dollars=0.5, seconds=1.0))


def test_seconds_are_the_sessions_and_not_the_sum_over_calls():
    slow = replace(settled(1), spend=Spend(1, seconds=1000.0))
    assert replay(trace(START, held(1), slow)).account.spent.seconds == 1.0


@pytest.mark.parametrize(
    ("events", "unpriced"),
    [
        ((held(1, dollars=None),), 1),
        ((held(1, dollars=None), settled(1, dollars=None)), 1),
        ((held(1, dollars=None), settled(1, dollars=0.25)), 0),
        ((held(1, dollars=None), failed(1, Spend(1, 100, 50))), 1),
        ((held(1, dollars=None), failed(1, Spend(1))), 0),
        ((held(1), settled(1)), 0),
    ],
)
def test_calls_whose_price_nobody_knows_are_counted(events, unpriced):
    assert replay(trace(START, *events)).account.unpriced_calls == unpriced


@pytest.mark.parametrize(
    ("events", "capped"),
    [
        ((held(1), settled(1)), 0),
        ((held(1),), 1),
        ((held(1), failed(1, Spend(1, 100, 50))), 1),
        ((held(1), failed(1, Spend(1))), 0),
        ((held(1), held(2), held(3), failed(2, Spend(1, 100, 50)), settled(3)), 2),
    ],
)
def test_calls_that_stand_at_the_most_that_they_can_have_cost_are_counted(events, capped):
    assert replay(trace(START, *events)).capped_calls == capped


def test_a_trace_without_its_end_is_unfinished_and_an_end_gives_the_status():
    assert replay(trace(START, held(1))).status == UNFINISHED
    assert replay(trace(START, END)).status == "unsolved"


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((PartStarted("x"),), "PartStarted came before SessionStarted"),
        ((START, START), "a second time"),
        ((START, END, PartStarted("x")), "follows the end"),
        ((START, held(1), held(1)), "call 1 was held before"),
        ((START, held(1), settled(1), held(1)), "call 1 was held before"),
        ((START, settled(1)), "call 1 ended and was not open"),
        ((START, held(1), settled(1), settled(1)), "call 1 ended and was not open"),
        ((START, held(1), settled(1), failed(1, Spend())), "call 1 ended and was not open"),
    ],
)
def test_what_no_session_writes_is_refused(events, reason):
    with pytest.raises(TraceError, match=reason):
        replay(trace(*events))


def ended(status: str, sha256: str | None) -> SessionEnded:
    return SessionEnded(status, "", None, None, sha256, Spend())


@pytest.mark.parametrize("evidence", [SOLVED, UNSOLVABLE])
def test_an_end_with_its_certificate_before_it_is_a_sessions(evidence):
    end = ended(evidence.claim, evidence.sha256)
    assert replay(trace(START, evidence, end)).status == evidence.claim


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((ended("solved", SOLVED.sha256),), "no such certificate"),
        ((UNSOLVABLE, ended("solved", SOLVED.sha256)), "no such certificate"),
        ((SOLVED, ended("solved", UNSOLVABLE.sha256)), "no such certificate"),
        ((SOLVED, ended("unsolvable", SOLVED.sha256)), "no such certificate"),
        ((SOLVED, ended("unsolved", SOLVED.sha256)), "no such certificate"),
        ((SOLVED, ended("solved", None)), "solved without evidence"),
        ((ended("unsolvable", None),), "unsolvable without evidence"),
    ],
)
def test_an_end_claims_nothing_but_what_its_certificate_does(events, reason):
    with pytest.raises(TraceError, match=reason):
        replay(trace(START, *events))


def test_a_session_that_broke_after_its_certificate_claims_nothing():
    assert replay(trace(START, SOLVED, ended("broken", None))).status == "broken"


@pytest.mark.parametrize("seconds", [-0.1, float("nan"), float("inf")])
def test_a_moment_that_is_none_is_refused(seconds):
    with pytest.raises(TraceError, match="no time"):
        replay([TraceRecord(0, seconds, START)])


def test_an_empty_trace_has_no_start():
    with pytest.raises(TraceError, match="empty"):
        _ = replay(()).started


WHOLE = trace(START, held(1), held(2), settled(2), failed(1, Spend(1, 100, 50, dollars=0.5)), END)


@given(st.integers(0, 4), st.sampled_from(["cut", "repeat", "swap"]))
def test_a_trace_with_a_record_cut_repeated_or_swapped_is_refused(at, edit):
    edits = {
        "cut": WHOLE[:at] + WHOLE[at + 1 :],
        "repeat": WHOLE[: at + 1] + WHOLE[at:],
        "swap": (*WHOLE[:at], WHOLE[at + 1], WHOLE[at], *WHOLE[at + 2 :]),
    }
    with pytest.raises(TraceError):
        replay(edits[edit])


@given(st.integers(0, 5), st.integers(-1, 7))
def test_a_refused_record_changes_nothing(taken, sequence):
    state = replay(WHOLE[:taken])
    before = (state.status, state.account)
    wrong = TraceRecord(sequence, 0.0, START if taken else END)
    with pytest.raises(TraceError):
        state.take(wrong)
    assert (state.status, state.account) == before
    for record in WHOLE[taken:]:
        state.take(record)
    assert state.status == "unsolved"


@given(st.lists(st.sampled_from(["hold", "settle", "fail"]), max_size=20))
def test_spent_and_held_are_the_sums_over_ended_and_open_calls(steps):
    events: list[Event] = [START]
    open_calls: list[int] = []
    ended = 0
    for call, step in enumerate(steps):
        if step == "hold" or not open_calls:
            open_calls.append(call)
            events.append(held(call))
        else:
            first = open_calls.pop(0)
            events.append(settled(first) if step == "settle" else failed(first, Spend(1, 90, 10)))
            ended += 1
    state: Replay = replay(trace(*events))
    assert (state.account.spent.calls, state.account.spent.tokens) == (ended, 100 * ended)
    assert state.account.held == Spend(
        len(open_calls), 100 * len(open_calls), 50 * len(open_calls), dollars=0.5 * len(open_calls)
    )
