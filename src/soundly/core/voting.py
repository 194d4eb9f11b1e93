"""What sampling strategies write into a trace: who voted for what, and why no more was drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ballot:
    """One answer and who voted for it.

    ``canonical`` is the answer's one spelling; None stands for the claim that there is no solution.
    ``count`` is how many samples gave it and ``weight`` is what they weigh together.
    """

    canonical: str | None
    count: int
    weight: float

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"count is {self.count}, wanted at least 1: nobody voted")
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"weight is {self.weight}, wanted a number of at least 0")


@dataclass(frozen=True, slots=True)
class Voted:
    """The samples have voted; the first ballot wins and is the one that is checked.

    ``weighting`` says what a vote weighs. ``unreadable`` counts the samples in which no answer was
    read: they have no vote. ``confidence`` is the posterior that the winner stays ahead, None where
    the strategy does not ask for it.
    """

    ballots: tuple[Ballot, ...]
    unreadable: int
    weighting: str
    confidence: float | None = None
    part: str = ""

    def __post_init__(self) -> None:
        if self.unreadable < 0:
            raise ValueError(f"unreadable is {self.unreadable}, wanted at least 0")
        weights = [ballot.weight for ballot in self.ballots]
        if weights != sorted(weights, reverse=True):
            raise ValueError(f"the ballots weigh {weights}, wanted the heaviest first")
        _require_probability("confidence", self.confidence)


@dataclass(frozen=True, slots=True)
class SamplingStopped:
    """No further sample was drawn, because it would hardly have been accepted.

    ``drawn`` samples held ``distinct`` answers, none accepted; ``chance`` is the posterior that the
    next one is, and it fell below ``threshold``.
    """

    drawn: int
    distinct: int
    chance: float
    threshold: float
    part: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.distinct <= self.drawn:
            raise ValueError(f"{self.distinct} distinct answers of {self.drawn} drawn")
        _require_probability("chance", self.chance)
        _require_probability("threshold", self.threshold)


def _require_probability(name: str, value: float | None) -> None:
    if value is not None and not 0 <= value <= 1:
        raise ValueError(f"{name} is {value}, wanted a probability")
