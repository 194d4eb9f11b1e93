"""Which of a session's words are its sample: read off its trace."""

from __future__ import annotations

from soundly.bench.export.samples import _sample
from soundly.core import events as ev
from soundly.core.completion import Completion, Message, Request
from soundly.core.problem import Problem
from soundly.core.spend import Budget, Quote, Spend
from soundly.core.verdict import Critique, Decision

from .results import result

PROBLEM = Problem("blocksworld", "p", {"problem": "p"})
WRONG = Critique("goal-unmet", "the goal is not reached")


def started():
    at = "2026-01-31T12:00:00.000000+00:00"
    return ev.SessionStarted(
        "s.1", PROBLEM, "refine", "m", "critic", ("sound",), Budget(), 0, "0", at
    )


def request(text):
    return Request((Message("user", text),))


def said(number, text):
    return (
        ev.CallHeld(number, "refine", request(f"question {number}"), Quote(10, 10)),
        ev.CallSettled(number, Completion(text, "m"), Spend(1, 5, 5)),
    )


def read(attempt, text, decision):
    critiques = () if decision is Decision.ACCEPT else (WRONG,)
    return (
        ev.CandidateRead(attempt, "refine", text, text),
        ev.Judged(attempt, "critic", ("sound",), decision, critiques),
    )


def sample(*events):
    trace = [ev.TraceRecord(n, 0.0, event) for n, event in enumerate((started(), *events))]
    return _sample(result(), trace)


def test_the_prompt_is_that_of_the_first_call_and_the_answer_the_last_that_was_read():
    found = sample(
        *said(1, "say a"),
        *read(1, "a", Decision.REJECT),
        *said(2, "say b"),
        *read(2, "b", Decision.REJECT),
    )
    assert found.prompt == request("question 1").messages
    assert (found.answer, found.candidate, found.critiques) == ("say b", "b", (WRONG,))


def test_nothing_counts_after_the_accepted_answer():
    found = sample(
        *said(1, "say a"),
        *read(1, "a", Decision.ACCEPT),
        *said(2, "say b"),
        *read(2, "b", Decision.REJECT),
    )
    assert (found.answer, found.candidate, found.critiques) == ("say a", "a", ())


def test_of_several_answers_that_hold_what_was_read_it_is_the_newest():
    found = sample(*said(1, "perhaps a"), *said(2, "a for sure"), *read(1, "a", Decision.REJECT))
    assert found.answer == "a for sure"


def test_words_of_which_nothing_was_read_are_the_answer_and_no_candidate():
    found = sample(*said(1, "Hm."), *said(2, "Well."))
    assert (found.answer, found.candidate) == ("Well.", None)


def test_a_claim_has_words_and_no_candidate():
    claim = ev.UnsolvabilityClaimed(2, "refine", "impossible")
    found = sample(
        *said(1, "say a"), *read(1, "a", Decision.REJECT), *said(2, "it is impossible"), claim
    )
    assert (found.answer, found.candidate, found.critiques) == ("it is impossible", None, ())


def test_what_a_solver_found_is_the_answer_of_a_session_that_asked_no_model():
    found = sample(*read(1, "a", Decision.ACCEPT))
    assert (found.prompt, found.answered, found.answer) == ((), None, "a")
