"""What to expect at each size: it guides bets and choices, and no statement rests on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soundly.bench.boundary.betting import Reals

_WIDTHS = (0.15, 0.5, 1.0, 2.0, 4.0)
_TOPS = (0.995, 0.97, 0.93, 0.85)
_EDGE = 0.002
_WEIGHT = 6.0
_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Expected:
    """Chances at each size, all of shape (runs, sizes).

    ``mean``: of a right answer. ``holds``: that a right answer is likely enough. ``if_holds`` and
    ``if_fails``: of a right answer, if it is likely enough and if it is not.
    """

    mean: Reals
    holds: Reals
    if_holds: Reals
    if_fails: Reals


class Belief:
    """Falling curves, weighted by how well they fit, and corrected by the answers of each size.

    The curves are logistic in the number of the size, with five widths and four tops, and every
    curve is as probable as any other at first. Where no such curve fits, as on a plateau, the
    answers of a size itself take over: the curves weigh as much as six of them.
    """

    def __init__(self, sizes: int, probability: float) -> None:
        number = np.arange(sizes)
        middles, widths, tops = np.meshgrid(
            np.arange(-1.5, sizes + 1.01, 0.5), _WIDTHS, _TOPS, indexing="ij"
        )
        slope = (number - middles.reshape(-1, 1)) / widths.reshape(-1, 1)
        curves = tops.reshape(-1, 1) / (1 + np.exp(np.clip(slope, -50, 50)))
        self._probability = probability
        self._curves = np.clip(curves, _EDGE, 1 - _EDGE)  # (curves, sizes)
        self._enough = self._curves >= probability
        self._log_right = np.log(self._curves).T
        self._log_wrong = np.log(1 - self._curves).T

    def after(self, right: Reals, wrong: Reals) -> Expected:
        """What to expect after so many right and wrong answers, both of shape (runs, sizes)."""
        fit = right @ self._log_right + wrong @ self._log_wrong  # (runs, curves)
        weight = np.exp(fit - fit.max(axis=1, keepdims=True))
        weight /= weight.sum(axis=1, keepdims=True)
        holds = weight @ self._enough
        mean = weight @ self._curves
        above = weight @ (self._curves * self._enough)
        wanted = self._probability
        high = self._corrected(above / np.maximum(holds, 1e-12), right, wrong)
        low = self._corrected((mean - above) / np.maximum(1 - holds, 1e-12), right, wrong)
        return Expected(
            mean=np.clip(self._corrected(mean, right, wrong), _EDGE, 1 - _EDGE),
            holds=holds,
            if_holds=np.clip(high, wanted + _MARGIN * (1 - wanted), 1 - _EDGE / 100),
            if_fails=np.clip(low, _EDGE / 100, wanted * (1 - _MARGIN)),
        )

    @staticmethod
    def _corrected(curve: Reals, right: Reals, wrong: Reals) -> Reals:
        return (right + _WEIGHT * np.clip(curve, 0, 1)) / (right + wrong + _WEIGHT)
