"""What a search for a boundary is asked to show."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """Right with at least ``probability``, stated so that it is wrong with chance 1 - confidence.

    The chance of a wrong statement is over the whole search: all sizes, both ends, every look.
    """

    probability: float = 0.9
    confidence: float = 0.95

    def __post_init__(self) -> None:
        for name in ("probability", "confidence"):
            value = getattr(self, name)
            if not 0 < value < 1:
                raise ValueError(f"{name} is {value}, wanted a number between 0 and 1")

    @property
    def log_threshold(self) -> float:
        """The logarithm of the capital at which a boundary is ruled out (Ville, 1939)."""
        return -math.log(1 - self.confidence)
