"""At which size to ask next.

The believed boundary is tried from both sides, at its last size within and its first beyond: these
two answer for all others. The side that rules out more boundaries for each answer comes first. The
believed boundary is found by bisection under noise, a quantile of the belief moving
with each answer (Karp and Kleinberg, 2007; Waeber, Frazier and Henderson, 2013). Where one of the
two turns out to cost too much, ground that is cheaper to gain comes first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soundly.bench.boundary.belief import Expected
from soundly.bench.boundary.betting import Flags, Indexes, Reals, information

_QUANTILE = 0.3
_PATIENCE = 150
_STUCK = 4.0
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Prospects:
    """What asking at each size would cost until it rules boundaries out, and the size to ask at.

    ``middle`` is the believed boundary. ``to_hold`` and ``to_fail`` are expected numbers of
    answers, (runs, sizes), until all boundaries before or behind a size are ruled out.
    ``index`` is the choice, one for each run.
    """

    middle: Indexes
    to_hold: Reals
    to_fail: Reals
    index: Indexes


def prospects(
    expected: Expected,
    missing: Reals,
    possible: Flags,
    *,
    asked: Reals,
    probability: float,
) -> Prospects:
    """The choice for each run; ``missing`` is what the capital against each boundary still lacks.

    ``missing`` and ``possible`` are of shape (runs, sizes + 1), ``asked`` of (runs, sizes).
    """
    runs, sizes = asked.shape
    low = possible.argmax(axis=1)
    high = sizes - possible[:, ::-1].argmax(axis=1)
    middle = np.clip((expected.holds >= _QUANTILE).sum(axis=1), low, high)
    open_ = np.where(possible, np.maximum(missing, _LEAST), _LEAST)
    before = np.maximum.accumulate(open_[:, :-1], axis=1)
    behind = np.maximum.accumulate(open_[:, :0:-1], axis=1)[:, ::-1]
    to_hold = before / information(expected.if_holds, probability)
    to_fail = behind / information(expected.if_fails, probability)
    number, row = np.arange(sizes), np.arange(runs)
    held = np.where(
        (number >= low[:, None]) & (number < middle[:, None]),
        (number - low[:, None] + 1) / to_hold,
        0,
    )
    failed = np.where(
        (number >= middle[:, None]) & (number < high[:, None]),
        (high[:, None] - number) / to_fail,
        0,
    )
    within = _unless_stuck(np.clip(middle - 1, 0, sizes - 1), to_hold, asked, held)
    beyond = _unless_stuck(np.clip(middle, 0, sizes - 1), to_fail, asked, failed)
    holding = held[row, within] > failed[row, beyond]
    return Prospects(middle, to_hold, to_fail, np.where(holding, within, beyond))


def _unless_stuck(at: Indexes, cost: Reals, asked: Reals, value: Reals) -> Indexes:
    """The size itself, or where it would cost too much for what it had, the one worth most."""
    row = np.arange(len(at))
    stuck = cost[row, at] > _STUCK * np.maximum(asked[row, at], _PATIENCE)
    return np.where(stuck, value.argmax(axis=1), at)
