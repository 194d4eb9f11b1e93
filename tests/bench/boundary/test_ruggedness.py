"""How rugged success is, against landscapes that are known."""

import math
from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.boundary.ruggedness import Cluster, ruggedness, squared_difference
from soundly.bench.boundary.unseen import random_weights
from soundly.statistics.intervals import Proportion

CHANCES = st.floats(0, 1)


def binomial(of, chance):
    from math import comb

    return {
        right: comb(of, right) * chance**right * (1 - chance) ** (of - right)
        for right in range(of + 1)
    }


@given(CHANCES, CHANCES, st.integers(2, 5), st.integers(2, 5))
def test_a_squared_difference_is_unbiased(first, second, of_first, of_second):
    expected = sum(
        here * there * squared_difference(Proportion(one, of_first), Proportion(two, of_second))
        for (one, here), (two, there) in product(
            binomial(of_first, first).items(), binomial(of_second, second).items()
        )
    )
    assert expected == pytest.approx((first - second) ** 2, abs=1e-9)


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_squared_difference_counts_disagreements(one, two):
    first, second = [1] * one + [0] * (4 - one), [1] * two + [0] * (4 - two)

    def within(samples):
        pairs = [(a, b) for a, b in product(range(4), repeat=2) if a != b]
        return sum(samples[a] != samples[b] for a, b in pairs) / len(pairs)

    across = sum(a != b for a, b in product(first, second)) / 16
    wanted = across - (within(first) + within(second)) / 2
    assert squared_difference(Proportion(one, 4), Proportion(two, 4)) == pytest.approx(wanted)


def landscape(rng, *, clusters, kept, samples=4, chances=(0.1, 0.9)):
    """A neighbour has its instance's chance with probability ``kept``, else one of its own."""

    def sampled(chance):
        return Proportion(sum(rng.random() < chance for _ in range(samples)), samples)

    found = []
    for _ in range(clusters):
        chance = rng.choice(chances)
        near = [chance if rng.random() < kept else rng.choice(chances) for _ in range(2)]
        found.append(Cluster(sampled(chance), tuple(map(sampled, near))))
    return found


@pytest.mark.parametrize("kept", [1.0, 0.5, 0.0])
def test_the_share_is_what_neighbours_do_not_tell(kept):
    found = ruggedness(landscape(Random(5), clusters=2000, kept=kept), draws=50)
    assert found.share.value == pytest.approx(1 - kept, abs=0.06)
    assert found.strangers.value == pytest.approx(2 * 0.16, abs=0.03)


def test_sampling_noise_alone_is_not_rugged():
    found = ruggedness(landscape(Random(1), clusters=1000, kept=0, chances=(0.5,)), draws=400)
    assert abs(found.local.value) < 0.03
    assert found.local.low < 0 < found.local.high
    assert found.strangers.low < 0 < found.strangers.high


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=6))
def test_strangers_are_the_mean_over_all_pairs_of_clusters(counts):
    clusters = [Cluster(Proportion(one, 4), (Proportion(two, 3),)) for one, two in counts]
    pairs = [
        squared_difference(one.instance, two.instance) for one, two in combinations(clusters, 2)
    ]
    found = ruggedness(clusters, draws=2).strangers.value
    assert found == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_ends_are_what_one_draw_makes_with_the_worst_cluster_there_could_be(seed):
    clusters = landscape(Random(seed), clusters=6, kept=0.3, chances=(0.2, 0.9, 1.0))
    weights = random_weights(6, draws=1, seed=seed)[0]
    rates = [each.instance.count / 4 for each in clusters]
    noise = [rate * (1 - rate) / 3 for rate in rates]
    local = [
        sum(squared_difference(each.instance, near) for near in each.neighbours) / 2
        for each in clusters
    ]

    def near(worst):
        return sum(w * value for w, value in zip(weights, [*local, worst], strict=True))

    def far(rate, its_noise):
        every = list(zip(weights, [*rates, rate], [*noise, its_noise], strict=True))
        pairs = [(v * w, (x - y) ** 2 - c - d) for (v, x, c), (w, y, d) in combinations(every, 2)]
        return sum(w * value for w, value in pairs) / sum(w for w, _ in pairs)

    middle = sum(rates) / 6
    lowest, highest = near(-1 / 6), near(1)
    least = far(middle, middle * (1 - middle) / 3)
    most = far(0 if middle > 0.5 else 1, 0)
    found = ruggedness(clusters, draws=1, seed=seed)
    assert (found.local.low, found.local.high) == pytest.approx((lowest, highest))
    assert (found.strangers.low, found.strangers.high) == pytest.approx((least, most))
    share = (lowest / most, highest / least if least > 0 else math.inf)
    assert (found.share.low, found.share.high) == pytest.approx(share)


@pytest.mark.parametrize(
    ("kept", "chances"), [(0.5, (0.1, 0.9)), (1.0, (0.0, 0.5, 1.0)), (1.0, (1.0,) * 9 + (0.4,))]
)
def test_the_intervals_hold_the_truth_as_often_as_they_say_or_more(kept, chances):
    strangers = 2 * float(np.var(chances))
    rng, held = Random(3), np.zeros(3)
    for seed in range(100):
        found = ruggedness(
            landscape(rng, clusters=20, kept=kept, chances=chances),
            confidence=0.9,
            draws=400,
            seed=seed,
        )
        held += [
            found.local.low <= (1 - kept) * strangers <= found.local.high,
            found.strangers.low <= strangers <= found.strangers.high,
            found.share.low <= 1 - kept <= found.share.high,
        ]
    assert (held >= 88).all()


def test_strangers_that_do_not_differ_leave_neighbours_nothing_to_tell():
    same = Cluster(Proportion(4, 4), (Proportion(4, 4),))
    found = ruggedness([same] * 5)
    assert (found.local.value, found.strangers.value, found.share.value) == (0, 0, None)
    assert found.share.high == math.inf


def test_a_few_that_are_alike_do_not_say_that_all_are():
    same = Cluster(Proportion(4, 4), (Proportion(4, 4),))
    few, many = ruggedness([same] * 10), ruggedness([same] * 100)
    one_of_so_many = [1 - 0.025 ** (1 / 10), 1 - 0.025 ** (1 / 100)]
    assert [few.local.high, many.local.high] == pytest.approx(one_of_so_many, rel=0.15)
    assert few.strangers.high > many.strangers.high > 0


def test_one_sample_cannot_tell_noise_from_ruggedness():
    with pytest.raises(ValueError, match="1 samples, wanted two"):
        Cluster(Proportion(1, 1), (Proportion(1, 2),))
    with pytest.raises(ValueError, match="no neighbours"):
        Cluster(Proportion(1, 2), ())
    with pytest.raises(ValueError, match="1 clusters came"):
        ruggedness([Cluster(Proportion(1, 2), (Proportion(1, 2),))])
