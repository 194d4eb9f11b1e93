"""Intervals that may be looked at after every answer, with their error computed exactly."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.statistics.confidence_sequence import confidence_sequence
from soundly.statistics.intervals import Proportion


def chance_ever_outside(chance, confidence, answers):
    """By all ways in which that many answers can come."""
    alive, outside = {0: 1.0}, 0.0
    for of in range(1, answers + 1):
        reached = {}
        for right, weight in alive.items():
            for more, factor in ((1, chance), (0, 1 - chance)):
                reached[right + more] = reached.get(right + more, 0.0) + weight * factor
        alive = {}
        for right, weight in reached.items():
            low, high = confidence_sequence(Proportion(right, of), confidence)
            if low <= chance <= high:
                alive[right] = weight
            else:
                outside += weight
    return outside


@pytest.mark.parametrize("chance", [0.05, 0.5, 0.9])
def test_the_true_share_is_ever_outside_no_more_often_than_stated(chance):
    assert 0.01 < chance_ever_outside(chance, 0.9, 120) <= 0.1


@given(st.integers(0, 300), st.integers(0, 300))
@settings(deadline=None, max_examples=50)
def test_it_is_wider_than_an_interval_for_one_look(right, wrong):
    share = Proportion(right, right + wrong)
    low, high = confidence_sequence(share)
    once_low, once_high = share.interval()
    assert 0 <= low <= once_low
    assert once_high <= high <= 1


@pytest.mark.parametrize("of", [1, 7, 200])
@pytest.mark.parametrize("confidence", [0.5, 0.95])
def test_of_answers_that_are_all_alike_the_end_has_a_closed_form(of, confidence):
    """The mixture's likelihood is C(2n, n) / 4^n (Robbins, 1970), and p^n is that of a share p."""
    end = ((1 - confidence) * comb(2 * of, of) / 4**of) ** (1 / of)
    assert confidence_sequence(Proportion(of, of), confidence) == (pytest.approx(end), 1)
    assert confidence_sequence(Proportion(0, of), confidence) == (0, pytest.approx(1 - end))


def test_it_closes_in():
    low, high = confidence_sequence(Proportion(9000, 10_000))
    assert 0.88 < low < 0.9 < high < 0.92


def test_nothing_tried_says_nothing_and_no_confidence_is_one():
    assert confidence_sequence(Proportion(0, 0)) == (0, 1)
    with pytest.raises(ValueError, match="confidence is 1"):
        confidence_sequence(Proportion(1, 2), 1)
