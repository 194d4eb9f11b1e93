"""The bootstrap over rows: what an estimate would have been with other problems."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from soundly.core.errors import UsageError

_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval; None and infinite ends where the data bound nothing."""

    value: float | None
    low: float
    high: float

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"wanted low <= high, got {self}")


def bootstrap_interval(
    rows: Sequence[Sequence[float]],
    statistic: Callable[[Sequence[float]], float],
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> tuple[float, float]:
    """The percentile interval of a statistic of the columns' means, rows drawn with replacement.

    ``statistic`` is given one mean a column and may answer infinity. Efron (1979). Percentile ends
    hold the truth less often than stated where rows are few (below some thirty) or all alike: a
    column without variation has an interval of no width. Raises `UsageError` without numpy.
    """
    try:
        import numpy as np  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("numpy is not installed: pip install 'soundly[bench]'") from error
    if not rows or resamples < 1 or not 0 < confidence < 1:
        raise ValueError(
            f"wanted rows, resamples and 0 < confidence < 1, got {len(rows)} rows, "
            f"{resamples} resamples, confidence {confidence}"
        )
    table = np.asarray(rows, dtype=float)
    generator = np.random.default_rng(seed)
    found: list[float] = []
    step = max(1, _AT_ONCE // len(rows))
    for begin in range(0, resamples, step):
        shape = (min(step, resamples - begin), len(rows))
        drawn = generator.integers(0, len(rows), shape)
        found += [statistic(means) for means in table[drawn].mean(axis=1).tolist()]
    return _ends(sorted(found), confidence)


def _ends(found: Sequence[float], confidence: float) -> tuple[float, float]:
    """The order statistics at both tails, rounded outwards."""
    tail = (1 - confidence) / 2 * (len(found) - 1)
    return found[math.floor(tail)], found[math.ceil(len(found) - 1 - tail)]
