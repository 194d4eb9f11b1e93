"""Two systems on the same instances."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from soundly.statistics.bootstrap import Estimate, bootstrap_interval


@dataclass(frozen=True, slots=True)
class Paired:
    """On how many instances both, one alone, or neither of two systems was right.

    Instances on which either broke or was refused belong in no cell: leave them out.
    """

    both: int
    first_only: int
    second_only: int
    neither: int

    def __post_init__(self) -> None:
        if min(self.both, self.first_only, self.second_only, self.neither) < 0:
            raise ValueError(f"wanted counts from 0 on, got {self}")

    @classmethod
    def of(cls, first: Sequence[bool], second: Sequence[bool]) -> Paired:
        """The cells of two systems' answers to the same instances in the same order."""
        pairs = list(zip(first, second, strict=True))
        return cls(
            pairs.count((True, True)),
            pairs.count((True, False)),
            pairs.count((False, True)),
            pairs.count((False, False)),
        )

    @property
    def instances(self) -> int:
        """All four cells."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def difference(self) -> float:
        """The first system's share minus the second's; 0 without instances."""
        return (self.first_only - self.second_only) / self.instances if self.instances else 0.0

    def mcnemar(self) -> float:
        """The exact two-sided p-value that both are right equally often (McNemar, 1947).

        Only instances with one right answer speak; given their number, each goes either way with
        chance 1/2. Twice the smaller tail, and never above 1.
        """
        discordant = self.first_only + self.second_only
        fewer = min(self.first_only, self.second_only)
        tail = sum(math.comb(discordant, count) for count in range(fewer + 1))
        return min(1.0, 2 * tail / (1 << discordant))

    def difference_estimate(
        self, *, confidence: float = 0.95, resamples: int = 2000, seed: int = 0
    ) -> Estimate:
        """`difference` with its percentile bootstrap interval over instances.

        Raises `UsageError` where numpy is not installed; (-1, 1) without instances.
        """
        if not self.instances:
            return Estimate(None, -1.0, 1.0)
        same = self.both + self.neither
        rows = [[1.0]] * self.first_only + [[-1.0]] * self.second_only + [[0.0]] * same
        low, high = bootstrap_interval(
            rows, lambda means: means[0], confidence=confidence, resamples=resamples, seed=seed
        )
        return Estimate(self.difference, low, high)
