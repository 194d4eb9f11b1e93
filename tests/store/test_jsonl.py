"""Traces from elsewhere are trusted for nothing."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.errors import UsageError
from soundly.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("store") / "store.sqlite3") as store:
        yield store


@pytest.fixture(scope="module")
def lines(tmp_path_factory, one_call):
    """An exported trace of seven lines, of a session that `store` does not hold."""
    with Store.open(tmp_path_factory.mktemp("source") / "store.sqlite3") as source:
        for record in one_call("imported"):
            source.write("imported", record)
        stream = io.StringIO()
        source.export_jsonl("imported", stream)
    return stream.getvalue().splitlines()


def refusal(store, lines):
    with pytest.raises(UsageError) as caught:
        store.import_jsonl(io.StringIO("\n".join(lines)), source="t.jsonl")
    assert store.sessions() == ()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def edited(line, **changes):
    return json.dumps(json.loads(line) | changes)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "Expecting value"),
        ("[]", "list"),
        ("null", "NoneType"),
        ("{", "Expecting"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "digits"),
        ('{"v": 2}', "trace version is 2, this reads 1"),
        ('{"v": 1, "n": 2, "t": 0, "kind": "call-lost", "event": {}}', "call-lost"),
    ],
)
def test_a_line_that_is_no_record_is_named_by_its_number(store, lines, line, reason):
    message = refusal(store, [*lines[:2], line, *lines[3:]])
    assert message.startswith("t.jsonl, line 3: ")
    assert reason in message


def test_a_trace_of_another_version_is_refused_at_its_first_line(store, lines):
    assert "line 1: trace version" in refusal(store, [edited(lines[0], v=99), *lines[1:]])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("started_at", "yesterday"),
        ("started_at", "9" * 5000),
        ("started_at", 7),
        ("session_id", "../../x"),
        ("session_id", "a b"),
    ],
)
def test_a_start_with_a_moment_or_a_name_that_is_none_is_refused(store, lines, field, value):
    event = json.loads(lines[0])["event"] | {field: value}
    message = refusal(store, [edited(lines[0], event=event), *lines[1:]])
    assert message.startswith("t.jsonl, line 1: SessionStarted")
    assert len(message) < 300


def test_an_empty_trace_is_refused(store):
    assert refusal(store, []) == "t.jsonl: the trace is empty"


def test_bytes_that_are_no_text_are_refused(store, lines):
    stream = io.TextIOWrapper(io.BytesIO(f"{lines[0]}\n".encode() + b"\xff\xfe" * 9000), "utf-8")
    with pytest.raises(UsageError, match="not UTF-8"):
        store.import_jsonl(stream)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_trace_with_lines_cut_repeated_or_swapped_is_refused(store, lines, data):
    at = data.draw(st.integers(0, 5))
    edits = {
        "cut": [*lines[:at], *lines[at + 1 :]],
        "repeat": [*lines[: at + 1], *lines[at:]],
        "swap": [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]],
    }
    refusal(store, edits[data.draw(st.sampled_from(sorted(edits)))])


def test_a_trace_without_its_end_comes_in_unfinished(tmp_path, lines):
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.import_jsonl(io.StringIO("\n".join(lines[:2])))
        entry = store.session("imported")
        assert (entry.status, entry.held.calls, entry.held.dollars) == ("unfinished", 1, 0.5)


def test_a_session_is_imported_once(tmp_path, lines):
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.import_jsonl(io.StringIO("\n".join(lines)))
        with pytest.raises(UsageError, match="already holds a session imported"):
            store.import_jsonl(io.StringIO("\n".join(lines)))


def test_an_imported_session_is_closed_to_writers(tmp_path, lines, one_call):
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.import_jsonl(io.StringIO("\n".join(lines[:2])))
        with pytest.raises(Exception, match="not started in this store"):
            store.write("imported", one_call("imported")[2])
