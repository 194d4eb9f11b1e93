"""Wilson's interval, for shares that are shown in bulk."""

from __future__ import annotations

import math
from statistics import NormalDist

from soundly.statistics.intervals import Proportion


def wilson(share: Proportion, confidence: float = 0.95) -> tuple[float, float]:
    """Lower and upper bound of the true share; (0, 1) where nothing was tried.

    Wilson (1927), without a correction for continuity. It holds the true share about as often as
    stated on average over shares; `Proportion.interval` holds it at least as often for every
    share, and is wider.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}, wanted a number between 0 and 1")
    if not share.of:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, spread = share.count / share.of, z * z / share.of
    centre = (rate + spread / 2) / (1 + spread)
    half = z * math.sqrt(rate * (1 - rate) / share.of + spread / (4 * share.of)) / (1 + spread)
    low = 0.0 if share.count == 0 else max(0.0, centre - half)
    high = 1.0 if share.count == share.of else min(1.0, centre + half)
    return low, high
