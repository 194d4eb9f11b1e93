"""Intervals for proportions, against what is known in closed form."""

import pytest

from soundly.statistics.intervals import Proportion


@pytest.mark.parametrize("of", [1, 10, 1_000_000])
def test_none_of_n_has_the_upper_end_of_clopper_and_pearson(of):
    low, high = Proportion(0, of).interval(0.95)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / of))


def test_the_interval_holds_the_share_and_nothing_tried_says_nothing():
    low, high = Proportion(3, 10).interval()
    assert low < 0.3 < high
    assert Proportion(0, 0).interval() == (0, 1)


def test_more_than_all_is_no_share():
    with pytest.raises(ValueError, match="11 of 10"):
        Proportion(11, 10)


@pytest.mark.parametrize("of", [1, 59, 1000])
def test_all_of_n_is_at_least_the_nth_root_of_what_may_go_wrong(of):
    assert Proportion(of, of).at_least(0.95) == pytest.approx(0.05 ** (1 / of))


def test_a_bound_on_one_side_is_that_of_the_interval_with_twice_the_doubt():
    assert Proportion(17, 20).at_least(0.95) == pytest.approx(Proportion(17, 20).interval(0.9)[0])
    assert Proportion(0, 0).at_least() == 0
