"""The bootstrap, against every resample there is."""

from itertools import product

import pytest

from soundly.statistics.bootstrap import Estimate, bootstrap_interval


def mean(means):
    return means[0]


def test_the_ends_are_quantiles_of_all_resamples():
    values = [0.0, 1.0, 5.0, 2.0]
    everything = sorted(sum(drawn) / 4 for drawn in product(values, repeat=4))
    low, high = bootstrap_interval(
        [[value] for value in values], mean, confidence=0.8, resamples=40_000
    )
    assert low == pytest.approx(everything[len(everything) // 10], abs=0.26)
    assert high == pytest.approx(everything[-len(everything) // 10], abs=0.26)


def test_the_ends_of_few_resamples_are_rounded_outwards():
    seen = []

    def kept(means):
        seen.append(means[0])
        return means[0]

    ends = bootstrap_interval(
        [[float(number)] for number in range(50)], kept, confidence=0.9, resamples=10
    )
    assert ends == (min(seen), max(seen))
    assert len(seen) == 10


def test_the_same_seed_gives_the_same_interval_and_another_one_another():
    rows = [[float(number**2)] for number in range(40)]
    first = bootstrap_interval(rows, mean, seed=3)
    assert first == bootstrap_interval(rows, mean, seed=3)
    assert first != bootstrap_interval(rows, mean, seed=4)


def test_columns_of_a_row_stay_together():
    rows = [[float(number), 2.0 * number] for number in range(1, 30)]
    assert bootstrap_interval(rows, lambda means: means[1] / means[0]) == (2, 2)


def test_it_holds_the_mean_about_as_often_as_it_says():
    from random import Random

    rng, held = Random(1), 0
    for seed in range(200):
        rows = [[rng.expovariate(1)] for _ in range(60)]
        low, high = bootstrap_interval(rows, mean, confidence=0.9, resamples=400, seed=seed)
        held += low <= 1 <= high
    assert 165 <= held <= 196


@pytest.mark.parametrize("wrong", [{"confidence": 1.0}, {"resamples": 0}])
def test_what_cannot_be_computed_is_refused(wrong):
    with pytest.raises(ValueError, match="wanted rows"):
        bootstrap_interval([[1.0]], mean, **wrong)
    with pytest.raises(ValueError, match="0 rows"):
        bootstrap_interval([], mean)


def test_an_interval_has_its_ends_in_order():
    with pytest.raises(ValueError, match="low <= high"):
        Estimate(0.5, 1, 0)
