"""What a search has found so far, and what it cannot say yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from soundly.bench.boundary.aim import Aim
from soundly.statistics.intervals import Proportion
from soundly.statistics.tally import Tally

Ending: TypeAlias = Literal["settled", "contradicted", "answers", "budget", "broken", "interrupted"]
"""Why a search ended: one boundary was left, none was, so many answers were asked for as may be,
nothing was left to spend, one instance after the other broke, or somebody stopped it."""


@dataclass(frozen=True, slots=True)
class SizeFinding:
    """One size: its answers by their end, and the interval of its chance of a right answer.

    The interval is a confidence sequence for this size alone, so it may be looked at at any time,
    but not all of them at once.
    """

    size: int
    tally: Tally
    low: float
    high: float

    @property
    def share(self) -> Proportion:
        """The right ones among those that did not break."""
        return self.tally.accuracy


@dataclass(frozen=True, slots=True)
class Rise:
    """Two sizes of which the larger one is shown to go better, which a boundary rules out."""

    smaller: int
    larger: int


@dataclass(frozen=True, slots=True)
class Finding:
    """The boundary lies from ``at_least`` up to, and not including, ``below``.

    ``at_least``: the largest size shown to be right often enough; None where none is. ``below``:
    the smallest size shown not to be; None where none is. With the stated confidence both are
    true, provided that success does not rise with size. ``more_to_hold`` and ``more_to_fail``
    estimate how many answers it takes to show the believed boundary from either side: 0 where
    nothing is missing, None where the estimate is beyond all use. ``ending`` is None while the
    search goes on.
    """

    aim: Aim
    sizes: tuple[SizeFinding, ...]
    at_least: int | None
    below: int | None
    ending: Ending | None
    more_to_hold: int | None
    more_to_fail: int | None
    rises: tuple[Rise, ...] = ()

    def __post_init__(self) -> None:
        if self.at_least is not None and self.below is not None and self.at_least >= self.below:
            raise ValueError(f"the boundary is at least {self.at_least} and below {self.below}")

    @property
    def contradicted(self) -> bool:
        """Whether the answers contradict that there is one boundary."""
        return self.ending == "contradicted"

    @property
    def answers(self) -> int:
        """How many answers were asked for, broken ones included."""
        return sum(each.tally.settled + each.tally.broken for each in self.sizes)
