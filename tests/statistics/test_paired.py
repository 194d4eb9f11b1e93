"""Paired comparisons, against scipy and brute force."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from soundly.statistics.paired import Paired

CELLS = st.builds(Paired, *[st.integers(0, 40)] * 4)


@given(CELLS)
def test_mcnemar_is_the_binomial_test_of_the_discordant_pairs(cells):
    discordant = cells.first_only + cells.second_only
    theirs = binomtest(cells.first_only, discordant).pvalue if discordant else 1.0
    assert cells.mcnemar() == pytest.approx(theirs)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (1, 6), (3, 3), (4, 2)])
def test_mcnemar_counts_the_coin_flips_that_are_as_far_from_half(first, second):
    flips = first + second
    as_far = [
        abs(2 * sum(coins) - flips) >= abs(first - second)
        for coins in product((0, 1), repeat=flips)
    ]
    assert Paired(9, first, second, 1).mcnemar() == pytest.approx(sum(as_far) / 2**flips)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_the_difference_is_that_of_the_shares_and_turns_its_sign_with_the_order(pairs):
    first, second = zip(*pairs, strict=True)
    cells = Paired.of(first, second)
    assert cells.instances == len(pairs)
    assert math.isclose(
        cells.difference, sum(first) / len(pairs) - sum(second) / len(pairs), abs_tol=1e-12
    )
    assert Paired.of(second, first).difference == -cells.difference
    assert Paired.of(second, first).mcnemar() == cells.mcnemar()


def test_a_difference_comes_with_an_interval_as_wide_as_theory_has_it():
    cells = Paired(500, 200, 100, 200)
    found = cells.difference_estimate(confidence=0.95)
    half = 1.96 * math.sqrt((0.3 - 0.1**2) / 1000)
    assert found.value == pytest.approx(0.1)
    assert (found.low, found.high) == pytest.approx((0.1 - half, 0.1 + half), abs=0.005)


def test_no_instance_says_nothing():
    nothing = Paired.of([], [])
    assert nothing.mcnemar() == 1
    assert (nothing.difference_estimate().value, nothing.difference_estimate().high) == (None, 1)


def test_systems_are_compared_on_the_same_instances():
    with pytest.raises(ValueError, match="shorter"):
        Paired.of([True], [True, False][:0])
    with pytest.raises(ValueError, match="from 0 on"):
        Paired(1, -1, 0, 0)
