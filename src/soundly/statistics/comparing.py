"""Whether one share is below another."""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.statistics.intervals import Proportion


def chance_of_gap(lower: Proportion, higher: Proportion) -> float:
    """How probable it is that ``lower`` lies so far below by luck alone: Fisher's exact test.

    That is the one-sided p-value; 1 where one of the two has nothing tried. Raises `UsageError`
    where scipy is not installed.
    """
    try:
        from scipy.stats import fisher_exact  # noqa: PLC0415 - a second to import, and an extra
    except ImportError as error:
        raise UsageError("scipy is not installed: pip install 'soundly[bench]'") from error
    if not (lower.of and higher.of):
        return 1.0
    table = [
        [lower.count, lower.of - lower.count],
        [higher.count, higher.of - higher.count],
    ]
    return float(fisher_exact(table, alternative="less").pvalue)
