"""The gap between two shares, against Fisher's own example."""

import pytest

from soundly.statistics.comparing import chance_of_gap
from soundly.statistics.intervals import Proportion


def test_the_lady_tasting_tea():
    """Three of four cups right, where one of four would be by the others: 17 of 70."""
    assert chance_of_gap(Proportion(1, 4), Proportion(3, 4)) == pytest.approx(17 / 70)


def test_a_share_that_is_not_below_is_no_gap_and_nothing_tried_says_nothing():
    assert chance_of_gap(Proportion(9, 10), Proportion(1, 10)) > 0.9
    assert chance_of_gap(Proportion(0, 0), Proportion(9, 10)) == 1
