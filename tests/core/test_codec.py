"""Values to JSON and back: the same value, or an error that says what is wrong."""

import json
import math
from dataclasses import MISSING, dataclass, field, fields
from datetime import UTC
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core import events
from soundly.core.advice import AdviceCompared
from soundly.core.apart import APART
from soundly.core.certificate import certify
from soundly.core.codec import (
    CodecError,
    event_kind,
    from_json,
    record_from_json,
    record_to_json,
    to_json,
)
from soundly.core.completion import Completion, Message, Request
from soundly.core.continuing import Repaired
from soundly.core.events import CallHeld, PartStarted, TraceRecord
from soundly.core.moment import utc_text
from soundly.core.problem import Problem
from soundly.core.routing import Considered, RouteChosen
from soundly.core.searching import StepsProposed
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.core.verdict import Critique, Decision
from soundly.core.voting import Ballot, SamplingStopped, Voted

texts = st.text(max_size=12)
names = st.text(min_size=1, max_size=8)
counts = st.integers(0, 10**12)
amounts = st.floats(0, 1e9)
usages = st.builds(
    lambda i, o: Usage(i, o, o // 2, i // 3), st.integers(0, 10**6), st.integers(0, 10**6)
)
messages = st.builds(Message, st.sampled_from(["system", "user", "assistant"]), texts)
requests = st.builds(
    Request,
    st.lists(messages, min_size=1, max_size=3).map(tuple),
    max_output_tokens=st.integers(1, 9999),
    temperature=st.none() | st.floats(0, 2),
    top_p=st.none() | st.floats(0.01, 1),
    seed=st.none() | st.integers(),
    stop=st.lists(texts, max_size=2).map(tuple),
    reasoning_effort=st.none() | texts,
    grammar=st.none() | texts,
)
completions = st.builds(
    Completion,
    texts,
    names,
    finish_reason=st.sampled_from(["stop", "length", "filter", "other"]),
    usage=usages,
    dollars=st.none() | amounts,
    price_date=st.none() | texts,
    logprobs=st.none() | st.lists(st.floats(-100, 0), max_size=3).map(tuple),
    reasoning=st.none() | texts,
    cached=st.booleans(),
)
values = {
    Problem: st.builds(
        Problem, names, names, st.dictionaries(names, texts, min_size=1, max_size=3)
    ),
    Budget: st.builds(Budget, st.none() | counts, st.none() | counts, st.none() | amounts),
    Request: requests,
    Completion: completions,
    Quote: st.builds(Quote, counts, counts, st.none() | amounts),
    Spend: st.builds(Spend, counts, counts, counts, counts, counts, amounts, amounts),
    Critique: st.builds(Critique, names, names, st.none() | texts, st.none() | st.just(3)),
    Decision: st.sampled_from(Decision),
}
shares = st.floats(0, 1)
ballots = st.builds(Ballot, st.none() | texts, st.integers(1, 99), amounts)
values[Voted] = st.builds(
    Voted,
    st.lists(ballots, max_size=3).map(lambda some: tuple(sorted(some, key=lambda b: -b.weight))),
    counts,
    names,
    st.none() | shares,
    texts,
)
values[SamplingStopped] = st.builds(
    lambda drawn, more, chance, threshold, part: SamplingStopped(
        drawn + more, drawn, chance, threshold, part
    ),
    counts,
    counts,
    shares,
    shares,
    texts,
)
values[AdviceCompared] = st.builds(
    lambda first, more, changed, before, after, part: AdviceCompared(
        first, first + more, changed, before, after, part
    ),
    st.integers(1, 99),
    st.integers(1, 99),
    st.booleans(),
    st.none() | values[Decision],
    st.none() | values[Decision],
    texts,
)
values[StepsProposed] = st.builds(
    lambda kept, dropped, **more: StepsProposed(kept=kept, proposed=kept + dropped, **more),
    counts,
    counts,
    standing=counts,
    critiques=st.lists(values[Critique], max_size=2).map(tuple),
    part=texts,
)
values[Repaired] = st.builds(
    lambda kept, dropped, **more: Repaired(kept=kept, offered=kept + dropped, **more),
    counts,
    counts,
    attempt=counts,
    keep=names,
    added=counts,
    solver=names,
    part=texts,
)
considered = st.builds(
    lambda covered, more, **rest: Considered(covered=covered, sessions=covered + more, **rest),
    counts,
    counts,
    model=st.none() | texts,
    strategy=texts,
    sizes=texts,
    at_least=shares,
    cost=st.none() | amounts,
    ruled_out=st.none() | texts,
)
values[RouteChosen] = st.builds(
    RouteChosen,
    coverage=shares,
    confidence=shares,
    fell_back=st.just(True),
    considered=st.lists(considered, max_size=3).map(tuple),
)
for value_type, drawn in values.items():
    st.register_type_strategy(value_type, drawn)
of_one_form = {
    "session_id": st.from_regex(r"[A-Za-z0-9._-]{1,100}", fullmatch=True),
    "started_at": st.datetimes(timezones=st.just(UTC)).map(utc_text),
}
st.register_type_strategy(
    events.Certified,
    st.builds(
        lambda part, problem, kind, evidence: events.certified(
            part, certify(problem, claim="solved", kind=kind, evidence=evidence)
        ),
        texts,
        values[Problem],
        names,
        texts,
    ),
)
any_event = st.one_of(
    *(
        st.from_type(cls)
        if cls is events.Certified or cls in values
        else st.builds(
            cls,
            **{f.name: amounts for f in fields(cls) if f.type == "float"},
            **{f.name: of_one_form[f.name] for f in fields(cls) if f.name in of_one_form},
        )
        for cls in get_args(events.Event)
    )
)


@settings(max_examples=150, deadline=None)
@given(event=any_event, sequence=counts, seconds=st.integers(0, 10**9).map(lambda n: n / 1e6))
def test_a_record_comes_back_as_it_was(event, sequence, seconds):
    """Through real JSON text, for every kind of event; times to the microsecond."""
    record = TraceRecord(sequence, seconds, event)
    line = json.dumps(record_to_json(record), ensure_ascii=False)
    again = record_from_json(json.loads(line))
    assert again == record
    assert record_to_json(again) == json.loads(line)


def test_every_event_has_a_kind_of_its_own():
    """A kind is the name of the class in lower case, so it changes only when that does."""
    held = CallHeld(1, "p", Request((Message("user", ""),)), Quote(1, 1))
    assert event_kind(held) == "call-held"
    assert event_kind(PartStarted("p")) == "part-started"


def good() -> dict:
    held = CallHeld(1, "p", Request((Message("user", "x"),), temperature=1.0), Quote(1, 1))
    return record_to_json(TraceRecord(0, 0.0, held))


def changed(path: str, value: object = MISSING) -> dict:
    record = json.loads(json.dumps(good()))
    *way, last = path.split(".")
    inner = record
    for step in way:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    if value is MISSING:
        del inner[last]
    else:
        inner[last] = value
    return record


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (changed("v", 2), "trace version is 2, this reads 1"),
        (changed("v"), "trace version is None"),
        (changed("kind", "call-hold"), "unknown event kind 'call-hold'"),
        (changed("kind", ["call-held"]), "unknown event kind"),
        (changed("n", "0"), "wanted int"),
        (changed("n", True), "wanted int"),
        (changed("t", None), "wanted float"),
        (changed("event", []), "got list, wanted an object"),
        (changed("event.extra", 1), "CallHeld: unknown field 'extra'"),
        (changed("event.part"), "CallHeld: field 'part' is missing"),
        (changed("event.part", 3), "CallHeld.part: got 3, wanted str"),
        (changed("event.call", 1.0), "CallHeld.call: got 1.0, wanted int"),
        (changed("event.request.messages", {}), "messages: got dict, wanted a list"),
        (changed("event.request.messages.0.role", "x"), r"messages\[0\].role: got 'x'"),
        (changed("event.request.messages", []), "a request needs at least one message"),
        (changed("event.request.temperature", "hot"), "temperature: got 'hot', wanted float"),
        (changed("event.quote.input_tokens", -1), "CallHeld.quote: a count is -1"),
    ],
)
def test_what_has_another_form_is_an_error_that_says_where(data, message):
    """Strictly: nothing is guessed, dropped or filled in."""
    with pytest.raises(CodecError, match=message):
        record_from_json(data)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_cannot_say_is_neither_written_nor_read(value):
    """RFC 8259 knows no such numbers, and other readers would stop at the line."""
    with pytest.raises(CodecError, match="cannot write"):
        to_json((1.0, value))
    with pytest.raises(CodecError, match="cannot write"):
        record_to_json(TraceRecord(0, value, PartStarted("p")))
    with pytest.raises(CodecError, match="not finite"):
        record_from_json(changed("event.request.temperature", value))


def test_a_number_that_no_float_holds_is_not_read():
    """It is an error of the text, not a crash of the reader."""
    with pytest.raises(CodecError, match="too large"):
        record_from_json(changed("event.request.temperature", 10**400))
    with pytest.raises(CodecError, match="not finite"):
        record_from_json(changed("event.request.temperature", json.loads("1e999")))


@pytest.mark.parametrize("value", [object(), {1, 2}, [1], b"x", (1, [2])])
def test_only_the_vocabulary_is_written(value):
    """What cannot be read back is not written."""
    with pytest.raises(CodecError, match="cannot write a"):
        to_json(value)


def test_a_whole_number_may_stand_for_a_float():
    """JSON does not tell 1 from 1.0, and some writers do not either."""
    assert from_json(float, 1) == 1.0
    with pytest.raises(CodecError):
        from_json(float, True)


def test_a_problem_of_an_older_trace_has_no_size_and_is_written_as_it_was():
    """The field came later: a trace without it reads, and one that needs none stays as it was."""
    old = {"family": "planning", "name": "p", "statement": {"problem": "(…)"}}
    problem = from_json(Problem, old)
    assert problem.size is None
    assert to_json(problem) == old


def test_the_size_of_a_problem_is_written_and_read():
    drawn = Problem("blocksworld", "b", {"problem": "(…)"}, size=5)
    assert from_json(Problem, to_json(drawn)).size == 5


@pytest.mark.parametrize("size", [0, -1, True, 2.0, "5"])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(ValueError, match="size is"):
        Problem("blocksworld", "b", {"problem": "(…)"}, size=size)


@dataclass(frozen=True)
class _Kept:
    name: str
    text: str = field(default="", metadata=APART)


def test_a_field_that_is_kept_apart_is_neither_written_nor_read():
    assert to_json(_Kept("p", "(…)")) == {"name": "p"}
    assert from_json(_Kept, {"name": "p"}) == _Kept("p")
    with pytest.raises(CodecError, match="unknown field 'text'"):
        from_json(_Kept, {"name": "p", "text": "(…)"})
