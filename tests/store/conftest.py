"""Traces to put in stores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from soundly.core import events as ev
from soundly.core.advice import AdviceCompared, AdviceGiven
from soundly.core.certificate import certify
from soundly.core.completion import Completion, Message, Request
from soundly.core.continuing import Repaired
from soundly.core.events import TraceRecord
from soundly.core.formalism import TranslationChecked
from soundly.core.moment import utc_text
from soundly.core.problem import Problem
from soundly.core.routing import Considered, RouteChosen
from soundly.core.searching import StepsProposed
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.core.verdict import Critique, Decision
from soundly.core.voting import Ballot, SamplingStopped, Voted

# any character, a NUL and half a surrogate pair too: a model's answer can hold them
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
WORD = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
COUNT = st.integers(0, 2**40)
DOLLARS = st.floats(0, 1e6)
SECONDS = st.floats(0, 1e6)

PROBLEMS = st.builds(
    Problem,
    family=WORD,
    name=TEXT.filter(bool),
    statement=st.dictionaries(WORD, WORD, min_size=1, max_size=3),
    size=st.none() | st.integers(1, 2**40),
)
SPENDS = st.builds(
    Spend, st.integers(0, 3), COUNT, COUNT, COUNT, COUNT, dollars=DOLLARS, seconds=SECONDS
)
QUOTES = st.builds(Quote, COUNT, COUNT, st.none() | DOLLARS)
USAGES = st.builds(lambda i, o, r, c: Usage(i, o, min(r, o), min(c, i)), COUNT, COUNT, COUNT, COUNT)
MESSAGES = st.builds(Message, st.sampled_from(["system", "user", "assistant"]), TEXT)
REQUESTS = st.builds(
    Request,
    st.lists(MESSAGES, min_size=1, max_size=3).map(tuple),
    max_output_tokens=st.integers(1, 10**6),
    temperature=st.none() | st.floats(0, 2),
    top_p=st.none() | st.floats(0.1, 1),
    seed=st.none() | st.integers(),
    stop=st.lists(TEXT, max_size=2).map(tuple),
    reasoning_effort=st.none() | TEXT,
    grammar=st.none() | TEXT,
)
COMPLETIONS = st.builds(
    Completion,
    TEXT,
    TEXT,
    finish_reason=st.sampled_from(["stop", "length", "filter", "other"]),
    usage=USAGES,
    dollars=st.none() | DOLLARS,
    price_date=st.none() | TEXT,
    logprobs=st.none() | st.lists(st.floats(-100, 0), max_size=3).map(tuple),
    reasoning=st.none() | TEXT,
    cached=st.booleans(),
)
CRITIQUES = st.builds(
    Critique,
    WORD,
    TEXT.filter(bool),
    where=st.none() | TEXT,
    step=st.none() | st.integers(1, 99),
    repair=st.none() | TEXT,
)
SOME_CRITIQUES = st.lists(CRITIQUES, max_size=2).map(tuple)
WORDS = st.lists(WORD, max_size=2).map(tuple)
BUDGETS = st.builds(Budget, *[st.none() | COUNT] * 2, *[st.none() | DOLLARS] * 2)
ENDS = st.builds(
    ev.SessionEnded,
    status=st.sampled_from(["unsolved", "exhausted", "broken", "cancelled"]),
    reason=TEXT,
    found_by=st.none() | TEXT,
    asserted=st.none() | TEXT,
    certificate_sha256=st.none(),
    spend=SPENDS,
)
CERTIFIED = st.builds(
    lambda part, problem, claim, plan: ev.certified(
        part, certify(problem, claim=claim, kind="pddl-plan", evidence={"plan": plan})
    ),
    TEXT,
    PROBLEMS,
    st.sampled_from(["solved", "unsolvable"]),
    st.lists(WORD, max_size=2),
)
SHARES = st.floats(0, 1)
NOTED = st.one_of(
    st.builds(
        Voted,
        st.builds(Ballot, st.none() | TEXT, st.integers(1, 9), DOLLARS).map(lambda one: (one,)),
        COUNT,
        TEXT,
        st.none() | SHARES,
        TEXT,
    ),
    st.builds(
        SamplingStopped,
        st.integers(10, 99),
        st.integers(0, 9),
        SHARES,
        SHARES,
        TEXT,
    ),
    st.builds(
        lambda kept, dropped, added: Repaired(1, "prefix", kept, kept + dropped, added, "kairos"),
        COUNT,
        COUNT,
        COUNT,
    ),
    st.builds(TranslationChecked, TEXT, st.booleans(), SOME_CRITIQUES, TEXT),
    st.builds(ev.SoftlyJudged, TEXT, TEXT, TEXT, st.sampled_from(Decision), SOME_CRITIQUES),
    st.builds(ev.FeedbackGiven, COUNT, TEXT, TEXT, TEXT, WORDS, COUNT),
    st.builds(ev.LoopStopped, TEXT, TEXT, COUNT),
    st.builds(StepsProposed, COUNT, st.integers(5, 9), st.integers(0, 5), SOME_CRITIQUES, TEXT),
    st.builds(AdviceGiven, TEXT, TEXT),
    st.builds(
        AdviceCompared,
        st.integers(1, 4),
        st.integers(5, 9),
        st.booleans(),
        st.none() | st.sampled_from(Decision),
        st.none() | st.sampled_from(Decision),
        TEXT,
    ),
    st.builds(
        RouteChosen,
        family=WORD,
        size=st.none() | COUNT,
        coverage=SHARES,
        confidence=SHARES,
        unit=st.sampled_from(["dollars", "tokens", "seconds"]),
        model=st.none() | TEXT,
        strategy=TEXT,
        fell_back=st.just(True),
        reason=TEXT,
        considered=st.lists(
            st.builds(
                Considered,
                st.none() | TEXT,
                TEXT,
                TEXT,
                st.integers(5, 9),
                st.integers(0, 5),
                SHARES,
                st.none() | DOLLARS,
                st.none() | TEXT,
            ),
            max_size=2,
        ).map(tuple),
    ),
)
"""What strategies write down themselves."""

ELSEWHERE = st.one_of(
    st.builds(ev.PartStarted, TEXT),
    st.builds(ev.CandidateRead, COUNT, TEXT, TEXT, TEXT),
    st.builds(ev.AnswerUnreadable, COUNT, TEXT, CRITIQUES),
    st.builds(ev.UnsolvabilityClaimed, COUNT, TEXT, TEXT),
    st.builds(
        ev.Judged,
        COUNT,
        TEXT,
        WORDS,
        st.sampled_from(Decision),
        SOME_CRITIQUES,
    ),
    st.builds(ev.SolverStarted, TEXT, TEXT),
    st.builds(ev.SolverEnded, TEXT, TEXT, TEXT, SECONDS),
    NOTED,
    st.builds(ev.PartBroke, TEXT, TEXT),
    CERTIFIED,
)


def starts(session_id: str) -> SearchStrategy[ev.SessionStarted]:
    return st.builds(
        ev.SessionStarted,
        st.just(session_id),
        PROBLEMS,
        strategy=TEXT,
        model=st.none() | TEXT,
        critic=TEXT,
        guarantee=WORDS,
        budget=BUDGETS,
        seed=st.integers(),
        soundly_version=TEXT,
        started_at=st.datetimes(timezones=st.just(UTC)).map(utc_text),
    )


@st.composite
def _traces(draw: st.DrawFn, session_id: str) -> tuple[TraceRecord, ...]:
    """A session's trace in the order that every trace keeps, with calls that overlap."""
    found: list[ev.Event] = [draw(starts(session_id))]
    calls = count(1)
    open_calls: list[int] = []
    for step in draw(st.lists(st.sampled_from(["hold", "settle", "fail", "other"]), max_size=12)):
        if step == "hold":
            open_calls.append(next(calls))
            found.append(ev.CallHeld(open_calls[-1], draw(TEXT), draw(REQUESTS), draw(QUOTES)))
        elif step == "other" or not open_calls:
            found.append(draw(ELSEWHERE))
        else:
            call = open_calls.pop(draw(st.integers(0, len(open_calls) - 1)))
            if step == "settle":
                found.append(ev.CallSettled(call, draw(COMPLETIONS), draw(SPENDS)))
            else:
                found.append(ev.CallFailed(call, draw(TEXT), draw(st.booleans()), draw(SPENDS)))
    match draw(st.sampled_from(["open", "without evidence", "certified"])):
        case "without evidence":
            found.append(draw(ENDS))
        case "certified":
            evidence, end = draw(CERTIFIED), draw(ENDS)
            found += [
                evidence,
                replace(end, status=evidence.claim, certificate_sha256=evidence.sha256),
            ]
    # whole microseconds, which is what a trace keeps
    moments = st.integers(0, 10**12).map(lambda microseconds: round(microseconds / 1e6, 6))
    return tuple(TraceRecord(n, draw(moments), event) for n, event in enumerate(found))


Traces = Callable[..., SearchStrategy[tuple[TraceRecord, ...]]]


@pytest.fixture(scope="session")
def traces() -> Traces:
    """``traces(session_id)``: drawn traces of one session."""
    return _traces


@pytest.fixture(scope="session")
def one_call() -> Callable[..., tuple[TraceRecord, ...]]:
    """``one_call(session_id)``: a plain trace of seven records: one call of a model, and solved."""

    def trace(session_id: str = "s1", *, name: str = "four blocks") -> tuple[TraceRecord, ...]:
        problem = Problem("planning", name, {"domain": "(define …)", "problem": "(define …)"})
        certificate = certify(problem, claim="solved", kind="pddl-plan", evidence={"plan": ["(a)"]})
        found: list[ev.Event] = [
            ev.SessionStarted(
                session_id,
                problem,
                "single",
                "scripted",
                "validator",
                ("sound",),
                Budget(),
                1,
                "0",
                "2026-01-31T12:00:00.000000+00:00",
            ),
            ev.CallHeld(1, "single", Request((Message("user", "go"),)), Quote(100, 50, 0.5)),
            ev.CallSettled(1, Completion("done", "scripted"), Spend(1, 90, 10, dollars=0.25)),
            ev.CandidateRead(1, "single", "(a)", "a"),
            ev.Judged(1, "validator", ("sound",), Decision.ACCEPT, ()),
            ev.certified("single", certificate),
            ev.SessionEnded(
                "solved", "accepted", "single", None, certificate.sha256, Spend(1, 90, 10)
            ),
        ]
        return tuple(TraceRecord(n, n / 4, event) for n, event in enumerate(found))

    return trace
