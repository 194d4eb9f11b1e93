"""What the sessions of a store say: each problem once, by its first end."""

from dataclasses import replace

import pytest

from soundly.core.spend import Budget, Spend
from soundly.routing.evidence import MeanCost, Trial, arms, mean_cost, usual_unit
from soundly.statistics.intervals import Proportion

from .conftest import session


def test_a_problem_counts_by_its_first_session_that_ended():
    """A session that was killed and begun again has one end; a second try is no second chance."""
    sessions = [
        session(status="cancelled", number=1),
        session(status="unsolved", number=2),
        session(status="solved", number=3),
    ]
    (arm,) = arms(reversed(sessions))
    assert [(trial.ended, trial.covered) for trial in arm.trials] == [(True, False)]


@pytest.mark.parametrize("status", ["broken", "cancelled", "unfinished"])
def test_a_session_without_an_end_is_in_no_rate(status):
    (arm,) = arms([session(problem="a"), session(problem="b", status=status, number=1)])
    assert (arm.coverage, len(arm.trials)) == (Proportion(1, 1), 2)


def test_models_and_strategies_are_kept_apart():
    sessions = [session("a"), session("b"), session("a", "refine"), session(None, "kairos")]
    assert [str(arm) for arm in arms(sessions)] == [
        "a with single",
        "b with single",
        "a with refine",
        "kairos",
    ]


def test_what_open_calls_could_cost_is_paid():
    held = replace(session(), held=Spend(1, 500, 0))
    (arm,) = arms([held])
    assert arm.trials[0].spend.tokens == 600
    assert not arms([held], budget=Budget(tokens=599))[0].trials[0].covered


def test_a_mean_of_nothing_is_refused_and_of_free_answers_is_paid_by_the_failures():
    with pytest.raises(ValueError, match="no trials"):
        mean_cost([])
    assert MeanCost(1.0, 10.0, 2.0).per(Proportion(1, 4)) == MeanCost(4.0, 40.0, 8.0)
    assert MeanCost(None, 10.0, 2.0).per(Proportion(1, 1)) == MeanCost(None, 10.0, 2.0)
    assert MeanCost(1.0, 10.0, 2.0).per(Proportion(0, 4)) is None


def test_a_trial_without_an_end_covers_nothing():
    with pytest.raises(ValueError, match="covers nothing"):
        Trial("p", 5, covered=True, ended=False, spend=Spend(), priced=True)


def test_the_usual_unit_is_the_first_that_is_known_and_not_free():
    paid = session(spend=Spend(1, 10, 0, dollars=0.1), problem="paid")
    free, solver = session(problem="free"), session(spend=Spend(seconds=1.0), problem="solver")
    assert usual_unit(arms([paid, free, solver])) == "dollars"
    assert usual_unit(arms([replace(paid, unpriced_calls=1), solver])) == "tokens"
    assert usual_unit(arms([free, solver])) == "tokens"
    assert usual_unit(arms([solver])) == "seconds"
