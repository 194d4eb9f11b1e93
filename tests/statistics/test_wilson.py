"""Wilson's interval, against scipy and in law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from soundly.statistics.intervals import Proportion
from soundly.statistics.wilson import wilson

SHARES = st.integers(1, 500).flatmap(
    lambda of: st.builds(Proportion, st.integers(0, of), st.just(of))
)


@given(SHARES, st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_it_is_what_scipy_computes(share, confidence):
    theirs = binomtest(share.count, share.of).proportion_ci(confidence, method="wilson")
    assert wilson(share, confidence) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(SHARES)
def test_it_holds_the_observed_share_and_mirrors_when_right_and_wrong_change_places(share):
    low, high = wilson(share)
    assert 0 <= low <= share.count / share.of <= high <= 1
    mirrored = wilson(Proportion(share.of - share.count, share.of))
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high))


def test_nothing_tried_says_nothing():
    assert wilson(Proportion(0, 0)) == (0, 1)


def test_a_confidence_of_one_is_refused():
    with pytest.raises(ValueError, match="confidence is 1"):
        wilson(Proportion(1, 2), 1)
