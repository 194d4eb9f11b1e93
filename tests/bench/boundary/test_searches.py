"""The stated confidence, computed over every way in which answers can come."""

import numpy as np
import pytest

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.searches import Searches

ANSWERS = 13


def chance_of_a_wrong_statement(curve, aim):
    """The chance that the true boundary is ever ruled out, over all 2^13 courses of a search."""
    courses = np.arange(2**ANSWERS)
    searches = Searches(aim, sizes=len(curve), runs=len(courses))
    weight = np.ones(len(courses))
    truth = sum(chance >= aim.probability for chance in curve)
    for step in range(ANSWERS):
        index = searches.prospects().index
        right = (courses >> step) % 2 == 1
        weight *= np.where(right, np.array(curve)[index], 1 - np.array(curve)[index])
        searches.learn(index, right)
    assert weight.sum() == pytest.approx(1)
    wrong = (searches.low > truth) | (searches.high < truth) | searches.contradicted
    return weight[wrong].sum(), weight[searches.settled].sum()


@pytest.mark.parametrize(
    "curve",
    [
        (0.6, 0.59999),
        (0.6, 0.6, 0.59999),
        (0.9, 0.6, 0.2),
        (0.59999,),
        (0.6,),
        (1.0, 0.6, 0.59999, 0.0),
    ],
)
def test_a_true_boundary_is_ruled_out_no_more_often_than_stated(curve):
    wrong, _ = chance_of_a_wrong_statement(curve, Aim(probability=0.6, confidence=0.7))
    assert 0 < wrong <= 0.3


def test_a_cliff_is_soon_settled():
    wrong, settled = chance_of_a_wrong_statement((1.0, 1.0, 0.0), Aim(0.5, 0.7))
    assert settled > 0.95
    assert wrong == 0


def test_what_is_ruled_out_stays_so():
    searches = Searches(Aim(0.5, 0.7), sizes=2)
    here = np.array([1])
    while searches.low[0] < 2:
        searches.learn(here, np.array([True]))
    for _ in range(200):
        searches.learn(here, np.array([False]))
    assert searches.contradicted[0]


def test_runs_that_are_taken_out_go_on_as_they_would_have():
    rng = np.random.default_rng(0)
    answers = rng.random((30, 3)) < 0.7
    together, part = Searches(Aim(), sizes=4, runs=3), Searches(Aim(), sizes=4, runs=3)
    for step, right in enumerate(answers):
        together.learn(together.prospects().index, right)
        if step == 10:
            part = part.only(np.array([2]))
        part.learn(part.prospects().index, right[2:] if step >= 10 else right)
    assert (part.right[0] == together.right[2]).all()
    assert (part.low[0], part.high[0]) == (together.low[2], together.high[2])


@pytest.mark.parametrize(("sizes", "runs"), [(0, 1), (1, 0)])
def test_nothing_cannot_be_searched(sizes, runs):
    with pytest.raises(ValueError, match="from 1 on"):
        Searches(Aim(), sizes=sizes, runs=runs)
