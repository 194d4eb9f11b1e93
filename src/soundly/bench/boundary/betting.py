"""Bets against every boundary there could be.

A boundary b says: at the first b sizes the chance of a right answer is at least the wanted one, at
all others it is below. Whoever believes otherwise bets on each answer, at odds that are fair or
worse for them if b is true. Their capital then reaches 1/doubt with chance at most the doubt,
however sizes are chosen and whenever one stops (Ville's inequality; Waudby-Smith and Ramdas,
arXiv:2010.09686). Only one boundary is true, so no correction for many sizes is needed.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Reals: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Indexes: TypeAlias = NDArray[np.intp]


def log_factor(right: Flags, guess: Reals, probability: float) -> Reals:
    """By what a bet multiplies the capital, as a logarithm.

    The bet is the likelihood ratio of ``guess``, made before the answer was known, to the wanted
    probability. Its expectation is at most 1 where the guess is below the wanted probability and
    the truth is not, and where the guess is above it and the truth is not.
    """
    gained = np.log(np.where(right, guess / probability, (1 - guess) / (1 - probability)))
    return np.asarray(gained, dtype=np.float64)


def log_capital(holds: Reals, fails: Reals) -> Reals:
    """The capital against each boundary, as logarithms: (runs, sizes) to (runs, sizes + 1).

    ``holds`` are the logarithms of what bets on "right often enough" made at each size, ``fails``
    those of bets on "not often enough". Against boundary b, the first count at the sizes beyond
    it and the second at the sizes within it, each with half of the capital; at either end, where
    only one kind remains, with all of it.
    """
    none = np.zeros((len(holds), 1))
    beyond = np.concatenate([np.cumsum(holds[:, ::-1], axis=1)[:, ::-1], none], axis=1)
    within = np.concatenate([none, np.cumsum(fails, axis=1)], axis=1)
    capital = np.logaddexp(beyond, within) - np.log(2)
    capital[:, 0] = beyond[:, 0]
    capital[:, -1] = within[:, -1]
    return np.asarray(capital, dtype=np.float64)


def information(guess: Reals, probability: float) -> Reals:
    """What one answer is expected to add to the capital's logarithm: a Kullback-Leibler divergence.

    In nats, of a Bernoulli variable of chance ``guess`` from one of the wanted probability.
    """
    gain = guess * np.log(guess / probability)
    loss = (1 - guess) * np.log((1 - guess) / (1 - probability))
    return np.asarray(gain + loss, dtype=np.float64)
