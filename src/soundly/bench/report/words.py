"""Numbers of a report in words."""

from __future__ import annotations

import math
from collections.abc import Callable

from soundly.charts.amounts import dollars
from soundly.charts.tables import percent
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.intervals import Proportion

NONE = "-"
_UNPRICED = "price unknown"
_UNCOUNTED = "not counted"
_UNTIMED = "not measured"
_NOTHING = ("0", "$0")


def of(share: Proportion) -> str:
    """``3 of 20``; nothing tried, nothing said."""
    return f"{share.count:,} of {share.of:,}" if share.of else NONE


def rate(share: Proportion) -> str:
    """The share in per cent."""
    return percent(share.count / share.of) if share.of else NONE


def bounded(share: Proportion) -> str:
    """The share in per cent with its 95% interval: ``34.6% (26.4% to 43.6%)``."""
    if not share.of:
        return NONE
    low, high = share.interval()
    return f"{rate(share)} ({percent(low)} to {percent(high)})"


def money(estimate: Estimate | None) -> str:
    """US dollars with their interval; None is a price that nobody knows."""
    if estimate is None:
        return _UNPRICED
    return _estimate(estimate, dollars)


def number(estimate: Estimate | None) -> str:
    """A count such as tokens, with its interval; None is one that nobody made."""
    return _UNCOUNTED if estimate is None else _estimate(estimate, _short)


def at_most(said: str, capped_calls: int) -> str:
    """An amount that is an upper bound where calls stand in it at the most they can have cost.

    What is not known has no bound, and what costs nothing at most costs nothing.
    """
    unbounded = (NONE, _UNPRICED, _UNCOUNTED, *_NOTHING)
    return f"≤ {said}" if capped_calls and said not in unbounded else said


def time(estimate: Estimate | None) -> str:
    """Seconds, without an interval: another machine would make another one."""
    if estimate is None:
        return _UNTIMED
    return NONE if estimate.value is None else f"{_short(estimate.value)} s"


def _estimate(estimate: Estimate, say: Callable[[float], str]) -> str:
    if estimate.value is None:
        return NONE
    said = say(estimate.value)
    if estimate.low == estimate.high:
        return said
    high = say(estimate.high) if math.isfinite(estimate.high) else "no bound"
    return f"{said} ({say(estimate.low)} to {high})"


def _short(amount: float) -> str:
    """Three digits that count, more where the number has them before its point."""
    if amount == 0 or amount >= 100:
        return f"{amount:,.0f}"
    return f"{amount:.{max(0, 2 - math.floor(math.log10(amount)))}f}"
