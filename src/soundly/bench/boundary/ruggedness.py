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

    How often a sample of the one and a sample of the other disagree, minus how often two samples
    of one do, on average over both.
    """
    here, there = first.count / first.of, second.count / second.of
    across = here * (1 - there) + there * (1 - here)
    return across - (_within(first) + _within(second)) / 2


def _within(share: Proportion) -> float:
    return 2 * share.count * (share.of - share.count) / (share.of * (share.of - 1))


def ruggedness(
    clusters: Sequence[Cluster],
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Ruggedness:
    """What the clusters show, with percentile bootstrap intervals over clusters.

    A resample draws clusters with replacement; a cluster is no stranger to itself, however often
    it was drawn. Raises `ValueError` for fewer than two clusters. With fewer than some thirty, the
    intervals hold the truth less often than stated.
    """
    if len(clusters) < 2:
        raise ValueError(f"{len(clusters)} clusters came, wanted two or more")
    local = np.array([_local(each) for each in clusters])
    apart = np.array(
        [[squared_difference(one.instance, two.instance) for two in clusters] for one in clusters]
    )
    np.fill_diagonal(apart, 0.0)
    generator = np.random.default_rng(seed)
    even = np.full(len(clusters), 1 / len(clusters))
    drawn = generator.multinomial(len(clusters), even, size=resamples).astype(float)
    drawn = drawn[(drawn > 0).sum(axis=1) > 1]
    near, far = _means(np.ones((1, len(clusters))), local, apart)
    nears, fars = _means(drawn, local, apart)
    return Ruggedness(
        len(clusters),
        _estimate(float(near[0]), nears, confidence),
        _estimate(float(far[0]), fars, confidence),
        _estimate(_share(float(near[0]), float(far[0])), _shares(nears, fars), confidence),
    )


def _local(cluster: Cluster) -> float:
    differences = [squared_difference(cluster.instance, each) for each in cluster.neighbours]
    return math.fsum(differences) / len(differences)


def _means(weights: Reals, local: Reals, apart: Reals) -> tuple[Reals, Reals]:
    """Both means for each row of weights: over clusters, and over pairs of different clusters."""
    total = weights.sum(axis=1)
    near = weights @ local / total
    far = ((weights @ apart) * weights).sum(axis=1) / (total**2 - (weights**2).sum(axis=1))
    return near, far


def _share(near: float, far: float) -> float | None:
    return near / far if far > 0 else None


def _shares(near: Reals, far: Reals) -> Reals:
    """The shares of all resamples; infinite where strangers do not differ."""
    some = far > 0
    return np.where(some, near / np.where(some, far, 1), np.inf)


def _estimate(value: float | None, found: Reals, confidence: float) -> Estimate:
    tail = (1 - confidence) / 2
    ordered = np.sort(found)
    low = ordered[math.floor(tail * (len(ordered) - 1))]
    high = ordered[math.ceil((1 - tail) * (len(ordered) - 1))]
    return Estimate(value, float(low), float(high))
