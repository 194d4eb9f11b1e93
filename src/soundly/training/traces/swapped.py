"""The control of arXiv:2505.13775: every problem gets a valid trace, but of another problem.

Its own solution stays. What a model gains from such traces is not gained by their reasoning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from random import Random

from soundly.core.errors import UsageError
from soundly.core.notation import Words


def swapped(traces: Sequence[Words], sizes: Sequence[Hashable], *, seed: int) -> tuple[Words, ...]:
    """The traces in the order of the problems that they are given to.

    Every trace is given once, to another problem of the same size: in each size they are shuffled
    by the seed and passed on by one. Raises `UsageError` for a size with one problem alone.
    """
    rng = Random(seed)  # noqa: S311 - traces are no secrets
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, size in enumerate(sizes):
        places[size].append(place)
    given = list(traces)
    for size, group in places.items():
        if len(group) == 1:
            raise UsageError(
                f"one problem of size {size} came: no other's trace can be given to it"
            )
        rng.shuffle(group)
        for giver, taker in zip(group, [*group[1:], group[0]], strict=True):
            given[taker] = traces[giver]
    return tuple(given)
