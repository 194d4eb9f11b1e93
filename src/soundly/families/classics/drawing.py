"""Classics and their twins, by seed."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from soundly.families.classics.asides import ASIDES
from soundly.families.classics.catalogue import CATALOGUE
from soundly.families.classics.classic import CLASSIC, Classic
from soundly.families.classics.telling import Telling

_NAMES = tuple(CATALOGUE)
_TRIES = 200


def draw(puzzle: str | None, changed: bool | None, size: int, seed: int) -> Telling:
    """A telling with ``size - 1`` asides.

    Where nothing else is set, an even seed tells a classic, and the next one its twin: the same
    numbers and asides with a changed fact. Pairs go through the puzzles in turn, and every other
    round has the classic's own numbers.
    """
    turn, odd = divmod(seed, 2)
    if changed is not None:
        turn, odd = seed, int(changed)
    which, rng = turn % len(_NAMES), Random((turn << 20) + size)  # noqa: S311 - no secret
    classic = CATALOGUE[puzzle or _NAMES[which]]
    round_of = turn if puzzle else turn // len(_NAMES)
    numbers = classic.own if round_of % 2 == 0 else _numbers(classic, rng)
    asides = tuple(rng.sample(range(1, len(ASIDES) + 1), size - 1))
    variant = rng.choice(classic.changed) if odd else CLASSIC
    return Telling(classic, variant, numbers, asides)


def _numbers(classic: Classic, rng: Random) -> Mapping[str, int]:
    """Numbers that fit; the classic's own ones if none came up."""
    for _ in range(_TRIES):
        numbers = {name: rng.choice(several) for name, several in classic.ranges.items()}
        if classic.allows(numbers):
            return numbers
    return classic.own
