"""Which sizes may speak for a size: itself, and larger ones; never a smaller one.

Coverage falls with size, or stays, unless the trials say otherwise. So what was covered at larger
sizes is at least as well covered at this one; what was covered at smaller sizes promises nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from soundly.routing.evidence import Trial, share
from soundly.statistics.comparing import chance_of_gap

_RARE: Final = 0.05


def enough(*, coverage: float, doubt: float, least: int) -> int:
    """How many trials it takes at least: with fewer, not even a perfect record would suffice.

    That is the smallest n with ``coverage ** n <= doubt``, and never less than ``least``. A
    coverage of 1 can never be shown, and takes infinitely many: it is answered with a number
    beyond any store.
    """
    if coverage <= 0:
        return least
    if coverage >= 1:
        return 2**62
    return max(least, math.ceil(math.log(doubt) / math.log(coverage) - 1e-9))


def window(trials: Iterable[Trial], *, size: int, wanted: int) -> tuple[Trial, ...]:
    """The trials of this size and, only as far as these are too few, of the next larger ones.

    Sizes are taken whole, the nearest first, until there are ``wanted`` trials. How they ended
    plays no part in which are taken: a window chosen for its successes would promise too much.
    """
    fitting = [each for each in trials if each.size is not None and each.size >= size]
    taken: list[Trial] = []
    for next_size in sorted({each.size for each in fitting if each.size is not None}):
        if len(taken) >= wanted:
            break
        taken += [each for each in fitting if each.size == next_size]
    return tuple(taken)


def speaking(trials: Sequence[Trial], *, size: int, wanted: int) -> tuple[Trial, ...]:
    """The window, or the trials of this size alone where the larger sizes are covered better.

    That is where the trials of this size, or of this size and smaller ones, fall behind those of
    the larger ones by more than luck explains (one chance in twenty): then coverage does rise with
    size, as of a model that was trained on larger instances, and the larger ones promise nothing
    for this one. Trials of smaller sizes can only take evidence away.
    """
    taken = window(trials, size=size, wanted=wanted)
    larger = share([each for each in taken if each.size is not None and each.size > size])
    own = tuple(each for each in taken if each.size == size)
    up_to_here = [each for each in trials if each.size is not None and each.size <= size]
    gaps = (chance_of_gap(share(each), larger) for each in (own, up_to_here))
    return own if larger.of and min(gaps) < _RARE else taken


def spanned(trials: Sequence[Trial]) -> str:
    """The sizes of the trials in words: ``5``, ``5 to 7``, or "no size" where none is known."""
    sizes = [trial.size for trial in trials if trial.size is not None]
    if not sizes:
        return "no size"
    low, high = min(sizes), max(sizes)
    return str(low) if low == high else f"{low} to {high}"
