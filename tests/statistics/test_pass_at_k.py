"""pass@k, against every draw of k samples."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.statistics.intervals import Proportion
from soundly.statistics.pass_at_k import mean_pass_at_k, pass_at_k


@given(st.data())
def test_it_is_the_share_of_draws_that_hold_a_right_sample(data):
    of = data.draw(st.integers(1, 9))
    right, k = data.draw(st.integers(0, of)), data.draw(st.integers(1, of))
    samples = [True] * right + [False] * (of - right)
    draws = [any(drawn) for drawn in combinations(samples, k)]
    assert pass_at_k(Proportion(right, of), k) == pytest.approx(sum(draws) / len(draws))


@pytest.mark.parametrize("k", [1, 3, 5])
@pytest.mark.parametrize("chance", [0.1, 0.6])
def test_it_is_unbiased(k, chance):
    from math import comb

    expected = sum(
        comb(8, right)
        * chance**right
        * (1 - chance) ** (8 - right)
        * pass_at_k(Proportion(right, 8), k)
        for right in range(9)
    )
    assert expected == pytest.approx(1 - (1 - chance) ** k)


def test_the_mean_over_problems_lies_in_its_interval():
    problems = [Proportion(right, 10) for right in (0, 1, 2, 5, 9, 10) for _ in range(10)]
    found = mean_pass_at_k(problems, 1)
    assert found.value == pytest.approx(0.45)
    assert 0.3 < found.low < 0.45 < found.high < 0.6


@pytest.mark.parametrize("k", [0, 11])
def test_more_than_there_are_cannot_be_drawn(k):
    with pytest.raises(ValueError, match=f"k is {k}, wanted from 1 to the 10"):
        pass_at_k(Proportion(3, 10), k)
