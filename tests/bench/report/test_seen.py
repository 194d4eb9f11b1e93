"""What traces say of critics and answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.report.seen import see
from soundly.bench.report.traces import Traces
from soundly.core.events import (
    AnswerUnreadable,
    CandidateRead,
    Judged,
    SoftlyJudged,
    TraceRecord,
)
from soundly.core.verdict import Critique, Decision

from .results import result


def sessions(**labels):
    return {name: result(session=name, solvable=label) for name, label in labels.items()}


CRITIQUE = Critique("goal-unmet", "no")
SOUND = ("sound", "complete")


def records(session, *events):
    return [(session, TraceRecord(at, 0.0, event)) for at, event in enumerate(events)]


def judged(attempt, decision, guarantee=SOUND):
    critiques = () if decision is Decision.ACCEPT else (CRITIQUE,)
    return Judged(attempt, "validator", guarantee, decision, critiques)


def advice(canonical, decision):
    return SoftlyJudged("refine", "judge", canonical, decision, ())


def test_an_adviser_is_compared_with_the_sound_critic_on_the_same_candidate():
    seen = see(
        [
            *records(
                "one",
                CandidateRead(1, "p", "a", "a"),
                advice("a", Decision.ACCEPT),
                advice("never judged", Decision.ACCEPT),
                judged(1, Decision.REJECT),
                CandidateRead(2, "p", "b", "b"),
                judged(2, Decision.ACCEPT),
                advice("b", Decision.REJECT),
            ),
            *records("two", advice("a", Decision.ACCEPT)),
        ],
        sessions(one=True, two=True),
    )
    (soft,) = seen.soft
    assert soft.counts == {("accept", "wrong"): 1, ("reject", "right"): 1}
    assert soft.sessions == {("accept", "wrong"): ("one",), ("reject", "right"): ("one",)}


def test_a_critic_that_is_no_yardstick_is_not_used_as_one():
    session = records(
        "one",
        CandidateRead(1, "p", "a", "a"),
        judged(1, Decision.REJECT, ("sound",)),
        advice("a", Decision.ACCEPT),
    )
    assert see(session, sessions(one=True)).soft == ()


def test_the_sessions_critic_is_set_against_the_label():
    seen = see(
        [
            *records("one", judged(1, Decision.ACCEPT)),
            *records("two", judged(1, Decision.REJECT), judged(2, Decision.REJECT)),
            *records("stranger", judged(1, Decision.ACCEPT)),
        ],
        sessions(one=True, two=False),
    )
    (hard,) = seen.hard
    assert hard.counts == {("accept", "solvable"): 1, ("reject", "unsolvable"): 2}
    assert hard.sessions["reject", "unsolvable"] == ("two",)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["s1", "s2", "s3"]),
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["rejected", "undecided", "unreadable"]),
        ),
        max_size=30,
    )
)
def test_errors_are_counted_by_system_code_and_kind_and_session(drawn):
    drawn = sorted(drawn)
    events = []
    for session, code, kind in drawn:
        critique = Critique(code, "no")
        if kind == "unreadable":
            events += records(session, AnswerUnreadable(1, "p", critique))
        else:
            decision = Decision.REJECT if kind == "rejected" else Decision.UNKNOWN
            events += records(session, Judged(1, "c", SOUND, decision, (critique,)))
    asked = {"s1": "single", "s2": "refine", "s3": "single"}
    found = see(events, {name: result(strategy=asked[name]) for name in asked}).errors
    places = [(each.system.strategy, each.code, each.kind) for each in found]
    assert len(places) == len(set(places))
    for error, place in zip(found, places, strict=True):
        mine = [s for s, code, kind in drawn if (asked[s], code, kind) == place]
        assert (error.count, set(error.sessions)) == (len(mine), set(mine))
    assert sum(error.count for error in found) == len(drawn)
    order = [
        (asked_as == "refine", -e.count) for e, (asked_as, _, _) in zip(found, places, strict=True)
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("status", ["broken", "refused"])
def test_what_broke_or_was_refused_has_no_errors_and_its_verdicts_count(status):
    seen = see(records("one", judged(1, Decision.REJECT)), {"one": result(status)})
    assert seen.errors == ()
    assert seen.hard[0].counts == {("reject", "solvable"): 1}


def test_a_critique_of_what_was_accepted_is_no_error():
    remark = Judged(1, "c", SOUND, Decision.ACCEPT, (CRITIQUE,))
    assert see(records("one", remark), sessions(one=True)).errors == ()


def test_the_same_sessions_have_one_place_and_none_have_none():
    traces = Traces()
    one = traces.link("covered", ["a", "b"])
    assert traces.link("right", ["a", "b"]) == one
    assert traces.link("broken", []) == ""
    assert traces.link("refused", ["c"]) != one
    assert [(each.place, each.what) for each in traces.entries] == [
        ("t1", ("covered", "right")),
        ("t2", ("refused",)),
    ]


def test_labels_of_which_no_candidate_was_judged_have_their_column_all_the_same():
    from soundly.bench.report.tables import Tables

    found = records("one", CandidateRead(1, "p", "a", "a"), judged(1, Decision.ACCEPT))
    (hard,) = see(found, sessions(one=True, two=False)).hard
    table = Tables(Traces()).verdicts(hard)
    assert [each.heading for each in table.columns[1:]] == ["solvable", "unsolvable"]
    assert table.rows == [("accept", "1", "0")]
    (alone,) = see(found, sessions(one=True, two=True)).hard
    assert alone.truths == ("solvable",)
