"""PUCT: which edge of a search tree to go down.

Source: Silver et al., "Mastering the game of Go without human knowledge", Nature 550 (2017),
methods, "Search algorithm".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random


def puct_choice(
    known: Sequence[float],
    prior: Sequence[float],
    visits: Sequence[int],
    *,
    exploration: float,
    rng: Random,
) -> int:
    """The edge of the highest Q + U; ties are broken by the random generator.

    ``known`` is Q, the mean of what an edge brought; U falls with an edge's own visits. One visit
    is added under the root of U, so that the prior decides the very first choice.
    """
    pull = exploration * math.sqrt(1 + sum(visits))
    scores = [
        value + pull * chance / (1 + count)
        for value, chance, count in zip(known, prior, visits, strict=True)
    ]
    best = max(scores)
    return rng.choice([edge for edge, score in enumerate(scores) if score == best])
