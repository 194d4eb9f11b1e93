"""Instances: drawn by seed, with a solution or without one."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.expression import apply
from soundly.families.arithmetic.statement import Task

SIZES = Dial(smallest=3, trained=4)
LARGEST = 6

_PATIENCE = 2_000
_CARDS = range(1, 14)
_TARGETS = range(10, 101)
_SIGNS = "+-*/"


def draw_game24(*, size: int, seed: int) -> Task:
    """That many cards from 1 to 13 of which 24 can be made, uniformly; four is the game itself."""
    rng = _rng("game24", size, seed)
    while True:
        task = _cards(size, rng)
        if not isinstance(search(task), dict):
            return task


def draw_game24_unsolvable(*, size: int, seed: int) -> Task:
    """Cards of which 24 cannot be made.

    From five cards on nearly all can make 24, so these are drawn with a card that comes again and
    again. Raises `UsageError` where none came up.
    """
    rng = _rng("game24 unsolvable", size, seed)
    for _ in range(_PATIENCE):
        task = _cards(size, rng)
        if size > SIZES.trained:
            often, once = rng.choice(_CARDS), rng.choice(_CARDS)
            task = Task((*[often] * (size - 1), once), 24, "all")
        if isinstance(search(task), dict):
            return task
    raise UsageError(f"game24: no unsolvable instance of size {size} came up")


def draw_countdown(*, size: int, seed: int) -> Task:
    """Numbers below 100 and a target from 10 to 100 that all of them together make.

    Made as in Stream of Search (Gandhi et al. 2024): two numbers are joined until one is left,
    results on the way are whole and not below zero. A target that is given is drawn again.
    """
    rng = _rng("countdown", size, seed)
    while True:
        numbers = _spread(size, rng)
        target = _joined(list(numbers), rng)
        if target in _TARGETS and target not in numbers:
            return Task(numbers, target, "any")


def draw_countdown_unsolvable(*, size: int, seed: int) -> Task:
    """Numbers below 100 and a target from 10 to 100 that no choice of them makes.

    From five numbers on nearly every such target is made, so there the numbers are small, with one
    that comes again and again. Raises `UsageError` where none came up.
    """
    rng = _rng("countdown unsolvable", size, seed)
    for _ in range(_PATIENCE):
        numbers = _spread(size, rng)
        if size > SIZES.trained:
            numbers = (*[rng.randrange(1, 4)] * (size - 1), rng.randrange(1, 100))
        task = Task(numbers, rng.choice(_TARGETS), "any")
        if isinstance(search(task), dict):
            return task
    raise UsageError(f"countdown: no unsolvable instance of size {size} came up")


def _rng(name: str, size: int, seed: int) -> Random:
    if not SIZES.smallest <= size <= LARGEST:
        raise UsageError(f"size is {size}, wanted {SIZES.smallest} to {LARGEST} numbers")
    return Random(f"{name} {size} {seed}")  # noqa: S311 - instances are not secrets


def _cards(size: int, rng: Random) -> Task:
    return Task(tuple(rng.choices(_CARDS, k=size)), 24, "all")


def _spread(size: int, rng: Random) -> tuple[int, ...]:
    return tuple(rng.randrange(1, 100) for _ in range(size))


def _joined(numbers: list[int], rng: Random) -> int:
    while len(numbers) > 1:
        rng.shuffle(numbers)
        b, a = sorted((numbers.pop(), numbers.pop()))
        signs = [sign for sign in _SIGNS if sign != "/" or (b and a % b == 0)]
        numbers.append(int(apply(rng.choice(signs), Fraction(a), Fraction(b))))
    return numbers[0]
