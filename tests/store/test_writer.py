"""When a record is on disk, and which records are refused."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.errors import StoreError, UsageError
from soundly.core.events import CallHeld, PartStarted, SessionEnded, TraceRecord
from soundly.store import Store
from soundly.store.writer import MAX_PENDING


@pytest.fixture
def store(address):
    with Store.open(address) as store:
        yield store


@pytest.fixture
def watcher(store, address):
    """Another process's view: only what is durable."""
    with Store.open(address) as watcher:
        yield watcher


def test_start_holds_and_end_are_durable_at_once_with_all_before_them(store, watcher, one_call):
    for number, record in enumerate(one_call(), start=1):
        store.write("s1", record)
        if number == 1 or isinstance(record.event, CallHeld | SessionEnded):
            assert watcher.trace("s1") == one_call()[:number]


def test_one_sessions_hold_makes_the_records_of_every_session_durable(store, watcher, one_call):
    first, second = one_call("s1"), one_call("s2")
    for record in first[:4]:
        store.write("s1", record)
    assert len(watcher.trace("s1")) == 2
    for record in second[:2]:
        store.write("s2", record)
    assert watcher.trace("s1") == first[:4]


def test_records_never_wait_beyond_their_number(store, watcher, one_call):
    store.write("s1", one_call()[0])
    for sequence in range(1, MAX_PENDING + 1):
        store.write("s1", TraceRecord(sequence, 0.0, PartStarted("x")))
    assert len(watcher.trace("s1")) == MAX_PENDING + 1


def test_a_reader_of_the_same_store_sees_every_record_that_was_taken(store, one_call):
    for number, record in enumerate(one_call(), start=1):
        store.write("s1", record)
        assert store.trace("s1") == one_call()[:number]


@pytest.mark.parametrize("sequence", [0, 2])
def test_a_record_out_of_its_place_is_refused_and_the_session_goes_on(store, one_call, sequence):
    first, held, *rest = one_call()
    store.write("s1", first)
    with pytest.raises(StoreError, match=f"record {sequence} came, wanted record 1"):
        store.write("s1", replace(held, sequence=sequence))
    for record in (held, *rest):
        store.write("s1", record)
    assert store.trace("s1") == one_call()


def test_nothing_follows_the_end_of_a_session(store, one_call):
    for record in one_call():
        store.write("s1", record)
    with pytest.raises(StoreError):
        store.write("s1", TraceRecord(7, 9.0, PartStarted("x")))
    assert store.trace("s1") == one_call()


def test_a_session_begins_with_its_start(store, one_call):
    with pytest.raises(StoreError):
        store.write("s1", replace(one_call()[1], sequence=0))
    assert store.sessions() == ()


def test_a_session_is_stored_under_its_own_id(store, one_call):
    with pytest.raises(StoreError, match="'s1'"):
        store.write("s2", one_call("s1")[0])


def test_two_stores_cannot_write_one_session(store, watcher, one_call):
    store.write("s1", one_call()[0])
    with pytest.raises(StoreError, match="already holds"):
        watcher.write("s1", one_call()[0])


def test_counts_that_no_database_holds_are_kept_in_the_trace_and_listed_as_the_largest(
    store, one_call
):
    first, held, settled, *_ = one_call()
    spend = replace(settled.event.spend, input_tokens=2**70)
    records = (first, held, replace(settled, event=replace(settled.event, spend=spend)))
    for record in records:
        store.write("s1", record)
    assert store.trace("s1") == records
    assert store.session("s1").spent.input_tokens == 2**63 - 1


def test_holds_of_absurd_size_do_not_keep_other_sessions_from_the_disk(store, one_call):
    first, held, *_ = one_call()
    quote = replace(held.event.quote, dollars=1.7e308)
    store.write("s1", first)
    for call in (1, 2):
        event = replace(held.event, call=call, quote=quote)
        store.write("s1", replace(held, sequence=call, event=event))
    for record in one_call("s2"):
        store.write("s2", record)
    assert store.session("s2").status == "solved"
    assert store.session("s1").held.dollars == sys.float_info.max


@pytest.mark.parametrize("session_id", ["", "a b", "a/b", "%", "x" * 101, "é", "a\n"])
def test_a_session_id_is_a_plain_word(store, one_call, session_id):
    with pytest.raises(StoreError):
        store.write(session_id, one_call()[0])
    assert store.sessions() == ()
    with pytest.raises(UsageError):
        store.session(session_id)


def test_a_prefix_means_its_letters_and_their_case(store, one_call):
    for session_id in ("a_1", "ab1", "A_2"):
        store.write(session_id, one_call(session_id)[0])
    assert store.session("a_").session_id == "a_1"
    assert store.session("A").session_id == "A_2"
    with pytest.raises(UsageError, match="a_1, ab1"):
        store.session("a")


def test_an_id_is_found_where_it_begins_another(store, one_call):
    for session_id in ("abcd", "abc", "abcde", "abcdef", "abcdefg"):
        store.write(session_id, one_call(session_id)[0])
    assert store.session("abc").session_id == "abc"
    assert store.session("abcde").session_id == "abcde"


@settings(max_examples=20, deadline=None)
@given(st.permutations([1] * 7 + [2] * 7 + [3] * 7))
def test_sessions_that_take_turns_do_not_mix(shared_store, one_call, turns):
    names = {which: f"t{next(TURNS)}." for which in (1, 2, 3)}
    left = {which: list(one_call(name)) for which, name in names.items()}
    for which in turns:
        shared_store.write(names[which], left[which].pop(0))
    for name in names.values():
        assert shared_store.trace(name) == one_call(name)


TURNS = count(1)


@pytest.fixture(scope="module")
def shared_store(new_store):
    with Store.open(new_store()) as store:
        yield store


def test_threads_may_share_a_store(store, one_call):
    def write(number):
        for session_id in (f"t{number}-{n}" for n in range(10)):
            for record in one_call(session_id):
                store.write(session_id, record)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed = store.sessions(limit=None)
    assert len(listed) == 40
    assert {entry.status for entry in listed} == {"solved"}
