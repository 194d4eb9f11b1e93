"""Ends that leave room for the unseen, against exact ones and on rare and skewed rows."""

from random import Random

import numpy as np
import pytest

from soundly.bench.boundary.unseen import ends, random_weights
from soundly.statistics.intervals import Proportion


def mean_between(values, *, confidence, draws=2000, seed=0):
    """The interval of a mean of values between 0 and 1."""
    weights = random_weights(len(values), draws=draws, seed=seed)
    least, most = (weights @ np.append(values, unseen) for unseen in (0.0, 1.0))
    return ends(least, most, confidence=confidence)


@pytest.mark.parametrize("right", [0, 1, 7, 20])
def test_rows_of_zero_and_one_have_the_exact_binomial_interval(right):
    values = np.array([1.0] * right + [0.0] * (20 - right))
    found = mean_between(values, confidence=0.9, draws=40_000)
    assert found == pytest.approx(Proportion(right, 20).interval(0.9), abs=0.01)


def test_weights_are_shares_of_all_rows_and_one_more():
    weights = random_weights(4, draws=5000, seed=1)
    assert weights.shape == (5000, 5)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights.mean(axis=0) == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize("power", [0.3, 1, 8])
@pytest.mark.parametrize("rows", [3, 25])
def test_the_mean_is_held_as_often_as_stated_however_skewed_rows_are(power, rows):
    rng, held = Random(7), 0
    for seed in range(150):
        values = np.array([rng.random() ** power for _ in range(rows)])
        low, high = mean_between(values, confidence=0.9, draws=400, seed=seed)
        held += low <= 1 / (1 + power) <= high
    assert held >= 131


def test_more_confidence_is_wider():
    values = np.linspace(0, 1, 12)
    narrow, wide = (mean_between(values, confidence=each) for each in (0.5, 0.99))
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
