"""An interval for a share that may be looked at after every answer."""

from __future__ import annotations

import math

from soundly.statistics.intervals import Proportion

_STEPS = 60


def confidence_sequence(share: Proportion, confidence: float = 0.95) -> tuple[float, float]:
    """Lower and upper bound that hold at all times at once, whenever counting is stopped.

    Those shares against which a mixture of bets has not yet won 1 / (1 - confidence): Robbins'
    method of mixtures with Jeffreys' prior, Beta(1/2, 1/2) (Howard et al., arXiv:1810.08240;
    Waudby-Smith and Ramdas, arXiv:2010.09686). The chance that the true share is *ever* outside is
    at most 1 - confidence. (0, 1) where nothing was tried.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}, wanted a number between 0 and 1")
    if not share.of:
        return 0.0, 1.0
    rate = share.count / share.of
    least = _log_marginal(share) + math.log(1 - confidence)
    return (
        _end(share, least, inside=rate, outside=0.0),
        _end(share, least, inside=rate, outside=1.0),
    )


def _log_marginal(share: Proportion) -> float:
    """The logarithm of the mixture's likelihood of these answers, in their order."""
    right, wrong = share.count + 0.5, share.of - share.count + 0.5
    beta = math.lgamma(right) + math.lgamma(wrong) - math.lgamma(share.of + 1)
    return beta - math.log(math.pi)


def _log_likelihood(share: Proportion, at: float) -> float:
    wrong = share.of - share.count
    if (at == 0 and share.count) or (at == 1 and wrong):
        return -math.inf
    return (share.count * math.log(at) if share.count else 0.0) + (
        wrong * math.log1p(-at) if wrong else 0.0
    )


def _end(share: Proportion, least: float, *, inside: float, outside: float) -> float:
    """Where the likelihood falls to ``least`` between two points, erring to the outside."""
    if _log_likelihood(share, outside) > least:
        return outside
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        if _log_likelihood(share, middle) > least:
            inside = middle
        else:
            outside = middle
    return outside
