"""A store against a dictionary: any number of open sessions, closed and opened again at will."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from soundly.core.errors import StoreError, UsageError
from soundly.core.replay import UNFINISHED, replay
from soundly.store import Store


def machine(new_store, traces):
    """The machine over one address; every example works on sessions of its own."""
    address, numbers = new_store(), count(1)

    class StoreAgainstDictionary(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.prefix = f"m{next(numbers)}_"
            self.store = Store.open(address)
            self.waiting = {}  # session id -> records that are still to be written
            self.written = {}  # session id -> records that were

        @rule(data=st.data())
        def start(self, data):
            session_id = f"{self.prefix}{len(self.written)}."
            first, *rest = data.draw(traces(session_id))
            self.store.write(session_id, first)
            self.written[session_id], self.waiting[session_id] = [first], rest

        @precondition(lambda self: any(self.waiting.values()))
        @rule(data=st.data())
        def go_on(self, data):
            session_id = data.draw(st.sampled_from([s for s, rest in self.waiting.items() if rest]))
            for record in self.waiting[session_id][: data.draw(st.integers(1, 5))]:
                self.store.write(session_id, record)
                self.written[session_id].append(self.waiting[session_id].pop(0))

        @rule()
        def close_and_open_again(self):
            self.store.close()
            self.store = Store.open(address, create=False)
            self.waiting.clear()

        @precondition(lambda self: self.written)
        @rule(data=st.data())
        def start_a_session_twice(self, data):
            session_id = data.draw(st.sampled_from(sorted(self.written)))
            with pytest.raises(StoreError):
                self.store.write(session_id, self.written[session_id][0])

        @precondition(lambda self: self.written)
        @rule(data=st.data())
        def read_a_trace(self, data):
            session_id = data.draw(st.sampled_from(sorted(self.written)))
            assert self.store.trace(session_id) == tuple(self.written[session_id])

        @rule()
        def list_sessions(self):
            listed = [
                entry
                for entry in self.store.sessions(limit=None)
                if entry.session_id.startswith(self.prefix)
            ]
            states = {session_id: replay(trace) for session_id, trace in self.written.items()}
            assert {
                entry.session_id: (entry.status, entry.spent, entry.held) for entry in listed
            } == {
                session_id: (state.status, state.account.spent, state.account.held)
                for session_id, state in states.items()
            }
            times = [entry.started_at for entry in listed]
            assert times == sorted(times, reverse=True)
            unfinished = self.store.sessions(limit=None, status=UNFINISHED)
            assert [entry for entry in listed if not entry.finished] == [
                entry for entry in unfinished if entry.session_id.startswith(self.prefix)
            ]

        @rule(length=st.integers(1, 8))
        def look_up_a_prefix(self, length):
            for session_id in self.written:
                prefix = session_id[:length]
                # other examples' sessions are in the store as well
                known = [entry.session_id for entry in self.store.sessions(limit=None)]
                matching = [other for other in known if other.startswith(prefix)]
                if len(matching) == 1:
                    assert self.store.session(prefix).session_id == session_id
                else:
                    with pytest.raises(UsageError, match="begins several"):
                        self.store.session(prefix)

        def teardown(self):
            self.store.close()

    return StoreAgainstDictionary


def test_a_store_answers_like_a_dictionary_of_traces(new_store, traces):
    run_state_machine_as_test(
        machine(new_store, traces),
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
