"""A certificate is kept with the session whose trace holds it, under its seal."""

from __future__ import annotations

import io
import json

import pytest
from sqlalchemy import text

from soundly.core.certificate import read_certificate
from soundly.core.errors import CertificateError, UsageError
from soundly.core.events import Certified
from soundly.store import Store


@pytest.fixture
def store(address):
    with Store.open(address) as store:
        yield store


def evidence(trace):
    (found,) = [record.event for record in trace if isinstance(record.event, Certified)]
    return found


def keep(store, trace):
    for record in trace:
        store.write(trace[0].event.session_id, record)


def test_a_finished_session_names_a_certificate_that_is_there(store, one_call):
    keep(store, one_call())
    sha256 = store.session("s1").certificate_sha256
    assert sha256 == evidence(one_call()).sha256
    assert store.certificate(sha256) == read_certificate(evidence(one_call()).document)


def test_two_sessions_may_find_the_same(store, one_call):
    keep(store, one_call("s1"))
    keep(store, one_call("s2"))
    assert store.session("s1").certificate_sha256 == store.session("s2").certificate_sha256


def test_two_sessions_of_one_transaction_may_find_the_same(store, one_call):
    for session_id in ("s1", "s2"):
        for record in one_call(session_id)[:-1]:
            store.write(session_id, record)
    store.flush()
    assert store.certificate(evidence(one_call()).sha256).claim == "solved"


def test_an_end_that_is_on_disk_has_its_certificate_on_disk(store, address, one_call):
    """Another process sees both or neither."""
    *before, end = one_call()
    for record in before:
        store.write("s1", record)
    with Store.open(address) as watcher:
        assert watcher.session("s1").certificate_sha256 is None
        store.write("s1", end)
        assert watcher.certificate(watcher.session("s1").certificate_sha256).kind == "pddl-plan"


def test_an_imported_trace_brings_its_certificate(store, new_store, one_call):
    keep(store, one_call())
    exported = io.StringIO()
    store.export_jsonl("s1", exported)
    exported.seek(0)
    with Store.open(new_store()) as other:
        other.import_jsonl(exported)
        sha256 = other.session("s1").certificate_sha256
        assert other.certificate(sha256) == store.certificate(sha256)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event | {"sha256": "0" * 64},
        lambda event: event | {"claim": "unsolvable"},
        lambda event: event | {"document": event["document"].replace("(a)", "(b)")},
        lambda event: event | {"document": ""},
    ],
)
def test_a_trace_whose_certificate_was_changed_is_refused_whole(store, one_call, change):
    keep(store, one_call())
    exported = io.StringIO()
    store.export_jsonl("s1", exported)
    lines = exported.getvalue().replace('"session_id":"s1"', '"session_id":"s2"').splitlines()
    record = json.loads(lines[-2])
    lines[-2] = json.dumps(record | {"event": change(record["event"])})
    with pytest.raises(UsageError, match="line 6: Certified"):
        store.import_jsonl(io.StringIO("\n".join(lines)))
    assert [entry.session_id for entry in store.sessions()] == ["s1"]


def test_a_certificate_that_was_changed_in_the_store_is_refused(store, one_call):
    keep(store, one_call())
    sha256 = store.session("s1").certificate_sha256
    with store._database.writing() as connection:
        connection.execute(text("UPDATE certificates SET document = replace(document, 'a', 'b')"))
    with pytest.raises(CertificateError, match="refused"):
        store.certificate(sha256)


def test_a_certificate_that_nobody_found_is_a_usage_error(store):
    with pytest.raises(UsageError, match="no certificate"):
        store.certificate("0" * 64)
