"""Amounts are said so that nothing is hidden and nothing is rounded away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.charts.amounts import dollars
from soundly.cli.amounts import bill, duration, limits
from soundly.core.spend import Budget, Spend


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "$0"),
        (0.5, "$0.50"),
        (0.00012, "$0.00012"),
        (0.05, "$0.05"),
        (0.0004, "$0.0004"),
        (1.005, "$1.00"),
        (1234.5, "$1,234.50"),
    ],
)
def test_dollars(amount, said):
    assert dollars(amount) == said


@given(st.floats(1e-8, 1e6))
def test_money_that_was_spent_is_never_shown_as_nothing(amount):
    assert any(digit in dollars(amount) for digit in "123456789")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0004, "0 ms"),
        (0.34, "340 ms"),
        (4.21, "4.2 s"),
        (185, "3 min 05 s"),
        (7260, "2 h 01 min"),
    ],
)
def test_durations(seconds, said):
    assert duration(seconds) == said


def test_a_bill_with_calls_of_unknown_price_says_so():
    said = bill(Spend(calls=3, input_tokens=10, seconds=1), unpriced_calls=2)
    assert "2 calls of unknown price" in said


def test_limits():
    assert limits(Budget()) == "no limit"
    assert limits(Budget(calls=1, dollars=0.5)) == "1 call, $0.50"


def test_a_bill_of_which_no_price_is_known_shows_no_dollars():
    said = bill(Spend(calls=2, input_tokens=10, seconds=1), unpriced_calls=2)
    assert "price unknown" in said
    assert "$" not in said
