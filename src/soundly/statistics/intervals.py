"""Intervals for proportions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from soundly.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Proportion:
    """``count`` of ``of``; the interval is Clopper and Pearson's (1934), which errs to the wide."""

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"wanted 0 <= count <= of, got {self.count} of {self.of}")

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Lower and upper bound, exact; (0, 1) where nothing was tried.

        Raises `UsageError` where scipy is not installed.
        """
        return self._bounds("two-sided", confidence)

    def at_least(self, confidence: float = 0.95) -> float:
        """The lower bound alone, exact: the true share is below it with chance 1 - confidence.

        Raises `UsageError` where scipy is not installed.
        """
        return self._bounds("greater", confidence)[0]

    def _bounds(
        self, alternative: Literal["two-sided", "greater"], confidence: float
    ) -> tuple[float, float]:
        try:
            from scipy.stats import binomtest  # noqa: PLC0415 - a second to import, and an extra
        except ImportError as error:
            raise UsageError("scipy is not installed: pip install 'soundly[bench]'") from error
        if not self.of:
            return 0.0, 1.0
        test = binomtest(self.count, self.of, alternative=alternative)
        found = test.proportion_ci(confidence, method="exact")
        return float(found.low), float(found.high)
