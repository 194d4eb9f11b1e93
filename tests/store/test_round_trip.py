"""What goes into a store comes out of it."""

from __future__ import annotations

import io
from itertools import count
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soundly.core.certificate import read_certificate
from soundly.core.codec import event_kind
from soundly.core.events import Certified, Event
from soundly.core.replay import Account, replay
from soundly.store import Store

EACH = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


NUMBERS = count(1)


@pytest.fixture(scope="module")
def store(new_store):
    """One store for many examples, each of which is a session of its own."""
    with Store.open(new_store()) as store:
        yield store


@pytest.fixture(scope="module")
def other(new_store):
    """A second store, for traces to be imported into."""
    with Store.open(new_store()) as store:
        yield store


def drawn_session(store, traces, data):
    """A drawn trace, written to the store; gives the session's id and the trace."""
    session_id = f"session-{next(NUMBERS)}."
    trace = data.draw(traces(session_id))
    for record in trace:
        store.write(session_id, record)
    return session_id, trace


@EACH
@given(data=st.data())
def test_a_trace_is_read_back_as_it_was_written(store, traces, data):
    session_id, trace = drawn_session(store, traces, data)
    assert store.trace(session_id) == trace


@EACH
@given(data=st.data())
def test_events_of_some_kinds_are_what_reading_whole_traces_and_filtering_gives(
    store, traces, data
):
    sessions = dict(drawn_session(store, traces, data) for _ in range(2))
    kinds = data.draw(st.sets(st.sampled_from(["judged", "call-held", "session-started"])))
    wanted = [
        (session_id, record)
        for session_id in sorted(sessions)
        for record in sessions[session_id]
        if event_kind(record.event) in kinds
    ]
    assert list(store.events([*sessions, "no-such-session"], kinds)) == wanted


@EACH
@given(data=st.data())
def test_a_listing_says_what_replaying_the_trace_says(store, traces, data):
    session_id, _ = drawn_session(store, traces, data)
    listed, state = store.session(session_id), replay(store.trace(session_id))
    assert (listed.status, Account(listed.spent, listed.held, listed.unpriced_calls)) == (
        state.status,
        state.account,
    )
    assert listed.problem_digest == state.started.problem.digest
    assert listed.size == state.started.problem.size
    assert listed.guarantee == state.started.guarantee
    assert listed.started_at.isoformat(timespec="microseconds") == state.started.started_at


@EACH
@given(data=st.data())
def test_an_exported_trace_is_imported_as_the_same_session(store, other, traces, data):
    session_id, trace = drawn_session(store, traces, data)
    exported, again = io.StringIO(), io.StringIO()
    assert store.export_jsonl(session_id, exported) == len(trace)
    assert exported.getvalue().isascii()
    exported.seek(0)
    assert other.import_jsonl(exported) == session_id
    assert other.trace(session_id) == trace
    assert other.session(session_id) == store.session(session_id)
    for event in (record.event for record in trace):
        if isinstance(event, Certified):
            assert other.certificate(event.sha256) == read_certificate(event.document)
    other.export_jsonl(session_id, again)
    assert again.getvalue() == exported.getvalue()


def test_the_drawn_traces_hold_every_kind_of_event(traces):
    seen: set[type] = set()

    @settings(max_examples=300, database=None, deadline=None, derandomize=True)
    @given(traces("s1"))
    def look(trace):
        seen.update(type(record.event) for record in trace)

    look()
    assert seen == set(get_args(Event))
