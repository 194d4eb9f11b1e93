"""pass@k: how probable it is that one of k samples is right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from soundly.statistics.bootstrap import Estimate, bootstrap_interval
from soundly.statistics.intervals import Proportion


def pass_at_k(samples: Proportion, k: int) -> float:
    """The unbiased estimate from n samples of one problem, ``k`` of which would be drawn.

    Chen et al. (arXiv:2107.03374), equation 1: 1 - C(n - c, k) / C(n, k). Samples that broke or
    were refused are no samples. Raises `ValueError` for fewer than k samples.
    """
    if not 1 <= k <= samples.of:
        raise ValueError(f"k is {k}, wanted from 1 to the {samples.of} samples of the problem")
    return 1 - math.comb(samples.of - samples.count, k) / math.comb(samples.of, k)


def mean_pass_at_k(
    problems: Sequence[Proportion],
    k: int,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Estimate:
    """The mean over problems, with the percentile bootstrap interval over problems.

    Raises `ValueError` for a problem with fewer than k samples, and for no problem at all;
    `UsageError` where numpy is not installed.
    """
    rows = [[pass_at_k(each, k)] for each in problems]
    low, high = bootstrap_interval(
        rows, lambda means: means[0], confidence=confidence, resamples=resamples, seed=seed
    )
    return Estimate(math.fsum(row[0] for row in rows) / len(rows), low, high)
