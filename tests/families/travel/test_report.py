"""TravelPlanner's figures are read off verdicts."""

import pytest

from soundly.core.errors import UsageError
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.families.travel.commonsense import COMMONSENSE
from soundly.families.travel.critic import check
from soundly.families.travel.hard import HARD
from soundly.families.travel.report import ConstraintReport, constraint_report, pass_rates
from soundly.families.travel.statement import trip_of


def broken(*codes: str):
    return reject(*(Critique(code, "it is broken") for code in codes))


def test_the_constraints_are_the_papers():
    """Eight of common sense and five hard ones."""
    assert (len(COMMONSENSE), len(HARD)) == (8, 5)


def test_a_report_tells_kept_broken_and_not_asked_for(stated, right):
    """A budget is always asked for, the others where the query does."""
    problem = stated(budget=100, cuisine="Thai")
    report = constraint_report(problem, check(trip_of(problem), right))
    assert {name for name, kept in report.kept.items() if kept is False} == {"budget"}
    assert {name for name, kept in report.kept.items() if kept is None} == {
        "room-rule",
        "room-type",
        "transportation",
    }


def test_rates_are_counted_over_all_queries(stated):
    """Four queries: one right, one too dear, one with a name that is none, one without a plan."""
    problem = stated(cuisine="Thai")
    verdicts = [ACCEPT, broken("budget"), broken("within-sandbox"), None]
    rates = pass_rates(constraint_report(problem, verdict) for verdict in verdicts)
    assert rates.delivery == 3 / 4
    assert rates.commonsense_micro == (8 + 8 + 7 + 0) / 32
    assert rates.commonsense_macro == 2 / 4
    assert rates.hard_micro == (2 + 1 + 0 + 0) / 8
    assert rates.hard_macro == 1 / 4
    assert rates.final == 1 / 4


def test_what_cannot_be_reported_is_refused(stated):
    """No reports, another critic's verdict, constraints left out, keeping what is not there."""
    with pytest.raises(UsageError, match="one report at least"):
        pass_rates([])
    with pytest.raises(UsageError, match="'same-colour' is no constraint"):
        constraint_report(stated(), broken("same-colour"))
    with pytest.raises(ValueError, match="thirteen"):
        ConstraintReport(delivered=True, kept={"budget": True})
    with pytest.raises(ValueError, match="keeps nothing"):
        ConstraintReport(delivered=False, kept=dict.fromkeys((*COMMONSENSE, *HARD), True))
