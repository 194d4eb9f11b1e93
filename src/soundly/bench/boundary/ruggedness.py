"""How far success is unpredictable from one instance to its neighbours.

Every instance has a chance of being answered rightly. Two samples of one instance disagree by
sampling alone, so that is taken off: the chance that samples of two instances disagree, minus the
chance that two samples of one instance do, is exactly the mean squared difference of their chances.
For neighbours it is 0 on a smooth landscape. For strangers of the same size it is twice the
variance of the chances. The share of the two is what the nugget is in a variogram (Matheron,
1963): 0 where a neighbour tells all of what an instance can tell, 1 where it tells no more than a
stranger, which is a fractal landscape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from soundly.bench.boundary.betting import Reals
from soundly.bench.boundary.unseen import ends, random_weights
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.intervals import Proportion


@dataclass(frozen=True, slots=True)
class Cluster:
    """An instance and neighbours of it, each with its right samples of all; at least two each."""

    instance: Proportion
    neighbours: tuple[Proportion, ...]

    def __post_init__(self) -> None:
        if not self.neighbours:
            raise ValueError("a cluster has no neighbours, wanted one or more")
        fewest = min(each.of for each in (self.instance, *self.neighbours))
        if fewest < 2:
            raise ValueError(f"an instance has {fewest} samples, wanted two or more of each")


@dataclass(frozen=True, slots=True)
class Ruggedness:
    """Mean squared differences of chances, and their share.

    ``local``: between an instance and its neighbours. ``strangers``: between instances of
    different clusters. ``share`` is local by strangers; its value is None where strangers do not
    differ, for then there is nothing that neighbours could tell. Each is unbiased but for the
    share, and may come out below 0 by chance.
    """

    clusters: int
    local: Estimate
    strangers: Estimate
    share: Estimate


def squared_difference(first: Proportion, second: Proportion) -> float:
    """The unbiased estimate of the squared difference of two chances, from two samples or more.

    The squared difference of the shares that were right, less what sampling adds to it: how often a
    sample of the one and a sample of the other disagree, minus how often two samples of one do, on
    average over both.
    """
    apart = first.count / first.of - second.count / second.of
    return apart**2 - _noise(first) - _noise(second)


def _noise(share: Proportion) -> float:
    """The unbiased estimate of the variance of the share that was right."""
    return share.count * (share.of - share.count) / (share.of**2 * (share.of - 1))


def ruggedness(
    clusters: Sequence[Cluster], *, confidence: float = 0.95, draws: int = 2000, seed: int = 0
) -> Ruggedness:
    """What the clusters show; the intervals leave room for a cluster not seen, see `unseen`.

    It would raise ``local`` by differing from its neighbours as much as chances can, and
    ``strangers`` by being always right or never; it would lower both by sampling noise alone.
    Raises `ValueError` for fewer than two clusters.
    """
    if len(clusters) < 2:
        raise ValueError(f"{len(clusters)} clusters came, wanted two or more")
    local = np.array([_local(each) for each in clusters])
    rates = np.array([each.instance.count / each.instance.of for each in clusters])
    noise = np.array([_noise(each.instance) for each in clusters])
    even = np.full((1, len(clusters)), 1 / len(clusters))
    near = float((even @ local)[0])
    far = float(_strangers(even, rates, noise)[0])

    weights = random_weights(len(clusters), draws=draws, seed=seed)
    samples = min(each.of for one in clusters for each in (one.instance, *one.neighbours))
    middle = float(rates.mean())
    least_near, most_near = (
        weights @ np.append(local, worst) for worst in (-1 / (2 * (samples - 1)), 1.0)
    )
    least_far, most_far = (
        _strangers(weights, np.append(rates, rate), np.append(noise, its_noise))
        for rate, its_noise in (
            (middle, middle * (1 - middle) / (samples - 1)),
            (0.0 if middle > 0.5 else 1.0, 0.0),
        )
    )
    least_share = _shares(least_near, most_far, without=-math.inf)
    most_share = _shares(most_near, least_far, without=math.inf)
    share = near / far if far > 0 else None
    return Ruggedness(
        len(clusters),
        Estimate(near, *ends(least_near, most_near, confidence=confidence)),
        Estimate(far, *ends(least_far, most_far, confidence=confidence)),
        Estimate(share, *ends(least_share, most_share, confidence=confidence)),
    )


def _local(cluster: Cluster) -> float:
    differences = [squared_difference(cluster.instance, each) for each in cluster.neighbours]
    return math.fsum(differences) / len(differences)


def _strangers(weights: Reals, rates: Reals, noise: Reals) -> Reals:
    """The mean squared difference of two different clusters, for each row of weights.

    A pair weighs as much as the product of its weights; the sum over pairs is written as one over
    clusters.
    """
    squares = weights**2
    spread = weights @ rates**2 - (weights @ rates) ** 2
    found: Reals = 2 * (spread - weights @ noise + squares @ noise) / (1 - squares.sum(axis=1))
    return found


def _shares(near: Reals, far: Reals, *, without: float) -> Reals:
    """One by the other for all draws; ``without`` where strangers do not differ."""
    some = far > 0
    return np.where(some, near / np.where(some, far, 1), without)
