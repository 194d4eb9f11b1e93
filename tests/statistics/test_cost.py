"""What one verified answer costs."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.statistics.cost import cost_per_verified

ROWS = st.lists(st.tuples(st.floats(0, 1e6), st.booleans()), min_size=1, max_size=30)


@settings(deadline=None)
@given(ROWS)
def test_what_was_paid_for_nothing_is_paid_too(rows):
    costs, verified = zip(*rows, strict=True)
    found = cost_per_verified(costs, verified, resamples=50)
    if any(verified):
        assert found.value == pytest.approx(sum(costs) / sum(verified))
    else:
        assert (found.value, found.low, found.high) == (None, 0, math.inf)


def test_the_price_of_equal_sessions_follows_the_share_that_is_verified():
    found = cost_per_verified([2.0] * 400, [True, False] * 200)
    assert found.value == 4
    assert 3.5 < found.low < 4 < found.high < 4.6


def test_one_verified_answer_among_many_bounds_nothing_from_above():
    assert cost_per_verified([1.0] * 20, [True] + [False] * 19).high == math.inf


def test_a_negative_cost_is_refused():
    with pytest.raises(ValueError, match="a cost is negative"):
        cost_per_verified([-1.0], [True])
