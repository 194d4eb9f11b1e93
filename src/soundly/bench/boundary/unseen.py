"""Intervals that leave room for what was not drawn: one more row, as bad as a row can be.

Rows that matter most may be rare. Where none of them was drawn, the rows at hand look alike, and an
interval from their spread alone is too narrow. So the rows are weighed at random as in the Bayesian
bootstrap (Rubin, 1981), together with one row more that has the least, or the most, that a row can
have. For the mean of rows within known bounds these ends are those of Learned-Miller and Thomas
(arXiv:1905.06208, after Gaffke, 2005): no distribution is known for which they hold the mean less
often than stated, and none is proved not to exist. For rows of 0 and 1 they are Clopper and
Pearson's.
"""

from __future__ import annotations

import math

import numpy as np

from soundly.bench.boundary.betting import Reals


def random_weights(rows: int, *, draws: int, seed: int) -> Reals:
    """Weights that sum to 1, evenly among all such, the unseen row's last: (draws, rows + 1)."""
    return np.random.default_rng(seed).dirichlet(np.ones(rows + 1), size=draws)


def ends(least: Reals, most: Reals, *, confidence: float) -> tuple[float, float]:
    """Both ends, from what each draw makes with the unseen row at its least, and at its most.

    Order statistics at both tails, rounded outwards.
    """
    tail = (1 - confidence) / 2 * (len(least) - 1)
    low = np.sort(least)[math.floor(tail)]
    high = np.sort(most)[math.ceil(len(most) - 1 - tail)]
    return float(low), float(high)
