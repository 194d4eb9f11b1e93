"""What one verified answer costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from soundly.statistics.bootstrap import Estimate, bootstrap_interval


def cost_per_verified(
    costs: Sequence[float],
    verified: Sequence[bool],
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Estimate:
    """The whole cost divided by the number of verified answers, in the unit of ``costs``.

    What was paid for answers that were not verified counts. None where none was verified, and then
    nothing bounds it from above: the interval is (0, infinity). Otherwise it is the percentile
    bootstrap's over sessions, infinite above where too many resamples hold no verified answer.
    Raises `UsageError` where numpy is not installed.
    """
    if any(not 0 <= cost < math.inf for cost in costs):
        raise ValueError("a cost is negative or not finite, wanted numbers from 0 on")
    rows = [[cost, float(done)] for cost, done in zip(costs, verified, strict=True)]
    if not any(verified):
        return Estimate(None, 0.0, math.inf)
    low, high = bootstrap_interval(
        rows, _ratio, confidence=confidence, resamples=resamples, seed=seed
    )
    return Estimate(math.fsum(costs) / sum(map(bool, verified)), low, high)


def _ratio(means: Sequence[float]) -> float:
    cost, share = means
    return cost / share if share else math.inf
