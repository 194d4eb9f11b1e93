"""What a router writes into a trace: what it chose, and the numbers that the choice rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["dollars", "tokens", "seconds"]
"""What costs are compared in."""


@dataclass(frozen=True, slots=True)
class Considered:
    """One model with one strategy, and what earlier sessions say of the two.

    ``model`` is None where no model is asked. ``sizes`` are the sizes of the sessions that count,
    as in "5" or "5 to 7". ``covered`` of ``sessions`` ended solved or proved unsolvable, and
    ``at_least`` is the lower bound that follows. ``cost`` is for one covered session, in the unit
    of the choice; None where none is covered, or its price is not known. ``ruled_out`` is why it
    cannot be chosen, None where it can.
    """

    model: str | None
    strategy: str
    sizes: str
    sessions: int
    covered: int
    at_least: float
    cost: float | None
    ruled_out: str | None

    def __post_init__(self) -> None:
        if not 0 <= self.covered <= self.sessions:
            raise ValueError(f"{self.covered} of {self.sessions} sessions are covered")
        _require_share("at_least", self.at_least)
        if self.cost is not None and not (math.isfinite(self.cost) and self.cost >= 0):
            raise ValueError(f"cost is {self.cost!r}, wanted a number of at least 0")


@dataclass(frozen=True, slots=True)
class RouteChosen:
    """Which model and strategy a router sent the problem to, and why.

    ``fell_back``: nothing earned the choice, so this is the default. ``reason`` is the choice in
    words. ``considered`` are the candidates, the cheapest first, those ruled out last.
    """

    family: str
    size: int | None
    coverage: float
    confidence: float
    unit: Unit
    model: str | None
    strategy: str
    fell_back: bool
    reason: str
    considered: tuple[Considered, ...]
    part: str = ""

    def __post_init__(self) -> None:
        _require_share("coverage", self.coverage)
        _require_share("confidence", self.confidence)
        chosen = (self.model, self.strategy)
        fit = [(each.model, each.strategy) for each in self.considered if each.ruled_out is None]
        if not self.fell_back and chosen not in fit:
            raise ValueError(f"{chosen} was chosen and is not among the candidates that may be")


def _require_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} is {value!r}, wanted a number from 0 to 1")
