"""What came of a cell, read off its trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from soundly.bench.runs.result import CellResult, result_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.given import Given
from soundly.core import events as ev
from soundly.core.certificate import certify
from soundly.core.codec import from_json, to_json
from soundly.core.completion import Completion, Message, Request
from soundly.core.events import TraceRecord
from soundly.core.problem import Problem
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.core.verdict import Critique, Decision

CELL = Cell(family="blocksworld", size=3, seed=0, strategy="refine", model="m")
PROBLEM = Problem("blocksworld", "p", {"problem": "p"})
WRONG = Critique("goal-unmet", "the goal is not reached")
BOTH = ("sound", "complete")


def read(attempt):
    return ev.CandidateRead(attempt, "refine", "(a)", "(a)")


def judged(attempt, decision, guarantee=BOTH):
    return ev.Judged(attempt, "critic", guarantee, decision, (WRONG,))


def unreadable(attempt):
    return ev.AnswerUnreadable(attempt, "refine", WRONG)


def claimed(attempt):
    return ev.UnsolvabilityClaimed(attempt, "refine", "impossible")


def ended(status, sha256=None, reason="because"):
    return ev.SessionEnded(status, reason, None, None, sha256, Spend())


def certified(claim):
    kind, evidence = "pddl-plan", {"plan": ["(a)"]}
    certificate = certify(PROBLEM, claim=claim, kind=kind, evidence=evidence)
    return ev.certified("refine", certificate), ended(claim, certificate.sha256)


def call(number, finish="stop"):
    request = Request((Message("user", "go"),))
    completion = Completion("…", "m", finish_reason=finish)
    return (
        ev.CallHeld(number, "refine", request, Quote(10, 10)),
        ev.CallSettled(number, completion, Spend(1, 5, 5)),
    )


def result(*events, cell=CELL, guarantee=BOTH):
    started = ev.SessionStarted(
        f"{cell.id}.1",
        PROBLEM,
        "refine",
        "m",
        "critic",
        guarantee,
        Budget(),
        0,
        "0",
        "2026-01-31T12:00:00.000000+00:00",
    )
    trace = [TraceRecord(n, n / 3, event) for n, event in enumerate((started, *events))]
    return result_of(cell, trace)


UNSOLVABLE = replace(CELL, solvable=False)


def test_the_round_that_was_accepted_is_the_one_to_success():
    found = result(
        unreadable(1),
        judged(2, Decision.REJECT),
        judged(3, Decision.ACCEPT),
        *certified("solved"),
    )
    assert (found.status, found.right, found.rounds, found.covered) == ("solved", True, 3, True)


def test_what_was_still_answered_after_the_first_accepted_attempt_is_no_round():
    also_accepted = result(
        judged(1, Decision.REJECT),
        judged(2, Decision.ACCEPT),
        judged(3, Decision.ACCEPT),
        *certified("solved"),
    )
    late = result(judged(2, Decision.ACCEPT), unreadable(3), *certified("solved"))
    assert (also_accepted.rounds, late.rounds) == (2, 2)


@pytest.mark.parametrize(
    ("events", "cell", "answer", "right"),
    [
        ((judged(1, Decision.REJECT),), CELL, "solution", False),
        ((judged(1, Decision.UNKNOWN),), CELL, "solution", None),
        ((judged(1, Decision.REJECT), unreadable(2)), CELL, "unreadable", False),
        ((claimed(1),), CELL, "claim", False),
        ((claimed(1),), UNSOLVABLE, "claim", True),
        ((judged(1, Decision.REJECT),), UNSOLVABLE, "solution", False),
        ((judged(1, Decision.UNKNOWN),), UNSOLVABLE, "solution", False),
        ((), CELL, "none", None),
        ((), UNSOLVABLE, "none", None),
    ],
)
def test_the_last_answer_is_right_or_wrong_by_the_label_and_the_critic(events, cell, answer, right):
    for status in ("unsolved", "exhausted"):
        found = result(*events, ended(status), cell=cell)
        assert (found.status, found.answer, found.right, found.rounds) == (
            status,
            answer,
            right,
            None,
        )


def test_a_rejection_by_a_critic_that_may_reject_right_answers_says_nothing():
    found = result(judged(1, Decision.REJECT, ("sound",)), ended("unsolved"), guarantee=("sound",))
    assert found.right is None


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("GeneratorError", "refused"),
        ("UsageError", "refused"),
        ("CredentialError", "refused"),
        ("ProblemError", "refused"),
        ("CriticError", "broken"),
        ("StrategyError", "broken"),
    ],
)
def test_what_broke_is_told_from_what_was_refused_and_neither_is_wrong(part, status):
    found = result(judged(1, Decision.REJECT), ev.PartBroke(part, "…"), ended("broken"))
    assert (found.status, found.right, found.counted) == (status, None, False)
    assert not found.wrong_solution
    claim = result(claimed(1), ev.PartBroke(part, "…"), ended("broken"))
    assert not claim.false_unsolvable


@pytest.mark.parametrize("end", ["unsolved", "exhausted"])
def test_a_filtered_answer_is_refused_unless_a_solution_was_read_from_it(end):
    assert result(*call(1, "filter"), unreadable(1), ended(end)).status == "refused"
    said = result(*call(1, "filter"), judged(1, Decision.REJECT), ended(end))
    assert said.status == end


def test_an_answer_after_a_filtered_one_is_counted():
    answered = (*call(1, "filter"), unreadable(1), *call(2), unreadable(2))
    found = result(*answered, ended("unsolved"))
    assert (found.status, found.right) == ("unsolved", False)


def test_a_certificate_stands_though_a_later_call_was_filtered():
    solved = result(judged(1, Decision.ACCEPT), *call(2, "filter"), *certified("solved"))
    proved = result(unreadable(1), *call(2, "filter"), *certified("unsolvable"), cell=UNSOLVABLE)
    assert (solved.status, proved.status) == ("solved", "unsolvable")


def test_wrong_solutions_and_false_claims_are_told_apart():
    plan = result(judged(1, Decision.REJECT), ended("unsolved"), cell=UNSOLVABLE)
    assert (plan.wrong_solution, plan.false_unsolvable) == (True, False)
    claim = result(claimed(1), ended("unsolved"))
    assert (claim.wrong_solution, claim.false_unsolvable) == (False, True)
    assert not result(claimed(1), ended("unsolved"), cell=UNSOLVABLE).false_unsolvable
    assert not result(judged(1, Decision.UNKNOWN), ended("unsolved")).wrong_solution


def test_a_certificate_that_contradicts_the_label_is_shown_as_not_right():
    found = result(judged(1, Decision.ACCEPT), *certified("solved"), cell=UNSOLVABLE)
    assert (found.covered, found.right) == (True, False)


def test_without_a_label_a_certificate_is_right_and_a_claim_is_neither_right_nor_false():
    unlabelled = replace(CELL, solvable=None, given=Given("p", "0" * 64, CELL.size))
    for claim in ("solved", "unsolvable"):
        assert result(judged(1, Decision.ACCEPT), *certified(claim), cell=unlabelled).right
    claim = result(claimed(1), ended("unsolved"), cell=unlabelled)
    assert (claim.right, claim.false_unsolvable) == (None, False)
    assert result(judged(1, Decision.UNKNOWN), ended("unsolved"), cell=unlabelled).right is None


def test_the_bill_is_that_of_the_calls():
    found = result(*call(1), unreadable(1), *call(2), unreadable(2), ended("unsolved"))
    assert (found.spend.calls, found.spend.tokens) == (2, 20)


def test_a_call_that_was_left_open_is_on_the_bill_at_its_upper_bound():
    found = result(*call(1), unreadable(1), call(2)[0], ended("exhausted"))
    assert (found.spend.calls, found.spend.tokens) == (2, 30)


@pytest.mark.parametrize("last", [ended("cancelled"), unreadable(1)])
def test_a_session_that_did_not_end_by_itself_has_no_result(last):
    with pytest.raises(ValueError, match="wanted one that ended"):
        result(last)


def test_a_result_comes_back_from_json_as_it_was():
    found = result(judged(1, Decision.ACCEPT), *certified("solved"))
    assert from_json(CellResult, to_json(found)) == found


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"status": "wrong"}, "status is 'wrong'"),
        ({"certificate_sha256": None}, "solved and certificate None"),
        ({"rounds": None}, "solved and rounds=None"),
        (
            {"status": "broken", "certificate_sha256": None, "rounds": None},
            "says nothing of the answer",
        ),
    ],
)
def test_a_result_that_contradicts_itself_is_refused(changes, wanted):
    found = result(judged(1, Decision.ACCEPT), *certified("solved"))
    with pytest.raises(ValueError, match=wanted):
        replace(found, **changes)


NOT_FOR_THIS = (ev.SolverStarted("k", "k"), ev.SolverEnded("k", "not-for-this", "no PDDL", 0.1))
GAVE_UP = (ev.SolverStarted("h", "h"), ev.SolverEnded("h", "gave-up", "too large", 0.1))


@pytest.mark.parametrize(
    ("before", "status"),
    [
        (NOT_FOR_THIS, "refused"),
        ((*NOT_FOR_THIS, *NOT_FOR_THIS), "refused"),
        ((*NOT_FOR_THIS, *GAVE_UP), "unsolved"),
        (GAVE_UP, "unsolved"),
        ((*call(1), unreadable(1), *NOT_FOR_THIS), "unsolved"),
        ((*call(1), *NOT_FOR_THIS), "unsolved"),
        ((), "unsolved"),
    ],
)
def test_a_solver_of_another_kind_of_problem_is_not_counted_as_having_failed(before, status):
    found = result(*before, ended("unsolved"))
    assert found.status == status
    assert found.reason == ("no PDDL" if status == "refused" else "because")
    assert found.counted == (status != "refused")


def test_calls_that_were_cut_short_are_counted_and_stand_at_their_upper_bound():
    held, settled = call(1)
    request = Request((Message("user", "go"),))
    cut = (
        ev.CallHeld(2, "refine", request, Quote(100, 50)),
        ev.CallFailed(2, "cancelled", retryable=False, spend=Spend(1, 100, 50)),
    )
    found = result(held, settled, *cut, ended("unsolved"))
    assert (found.capped_calls, found.spend.tokens) == (1, 160)
    assert result(held, settled, ended("unsolved")).capped_calls == 0
    assert "capped_calls" not in to_json(result(held, settled, ended("unsolved")))
    assert from_json(CellResult, to_json(found)) == found


@pytest.mark.parametrize(
    ("completion", "uncounted"),
    [
        (Completion("…", "m"), 1),
        (Completion("", "m"), 0),
        (Completion("…", "m", cached=True), 0),
        (Completion("…", "m", usage=Usage(1, 1)), 0),
    ],
)
def test_a_text_without_tokens_was_not_counted_unless_a_cache_had_it(completion, uncounted):
    held = call(1)[0]
    settled = ev.CallSettled(1, completion, Spend(1))
    assert result(held, settled, unreadable(1), ended("unsolved")).uncounted_calls == uncounted
