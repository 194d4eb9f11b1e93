"""Bets against boundaries: never in the bettor's favour where the boundary is true."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.betting import information, log_capital, log_factor

CHANCES = st.floats(0.01, 0.99)


def expected_factor(guess, wanted, truth):
    right, wrong = np.exp(log_factor(np.array([True, False]), np.array([guess, guess]), wanted))
    return truth * right + (1 - truth) * wrong


@given(CHANCES, CHANCES, CHANCES)
def test_a_bet_that_a_size_fails_gains_nothing_where_it_holds_and_the_other_way_round(
    guess, wanted, truth
):
    on_the_right_side = (guess <= wanted <= truth) or (guess >= wanted >= truth)
    if on_the_right_side:
        assert expected_factor(guess, wanted, truth) <= 1 + 1e-9


@given(CHANCES, CHANCES)
def test_a_bet_that_is_true_gains_what_information_says(guess, wanted):
    right, wrong = log_factor(np.array([True, False]), np.array([guess, guess]), wanted)
    gained = guess * right + (1 - guess) * wrong
    assert gained == pytest.approx(float(information(np.array(guess), wanted)), abs=1e-9)
    assert gained >= -1e-12


@given(st.data())
def test_capital_is_what_bets_beyond_and_within_a_boundary_made(data):
    sizes = data.draw(st.integers(1, 6))
    logs = st.lists(st.floats(-5, 5), min_size=sizes, max_size=sizes)
    holds, fails = data.draw(logs), data.draw(logs)
    capital = log_capital(np.array([holds]), np.array([fails]))[0]
    for boundary in range(sizes + 1):
        beyond = math.prod(math.exp(gain) for gain in holds[boundary:])
        within = math.prod(math.exp(gain) for gain in fails[:boundary])
        wanted = {0: beyond, sizes: within}.get(boundary, (beyond + within) / 2)
        assert math.exp(capital[boundary]) == pytest.approx(wanted)


def test_the_threshold_is_one_over_the_doubt():
    assert math.exp(Aim(confidence=0.95).log_threshold) == pytest.approx(20)


@pytest.mark.parametrize("wrong", [{"probability": 1.0}, {"confidence": 0.0}])
def test_certainty_cannot_be_asked_for(wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} is"):
        Aim(**wrong)
