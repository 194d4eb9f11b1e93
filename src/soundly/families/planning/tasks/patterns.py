"""Blocksworld by patterns: what is to be done with the towers is the same in every instance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.blocksworld import (
    WORLD,
    Blocksworld,
    Towers,
    block_names,
    random_towers,
)
from soundly.families.planning.prompts import WorkedExample

Pattern: TypeAlias = Callable[[Towers], Towers]
"""From the towers as they stand to the towers as they have to stand."""


def toppled(start: Towers) -> Towers:
    """Every block on the table."""
    return tuple((block,) for tower in start for block in tower)


def turned(start: Towers) -> Towers:
    """Every tower upside down."""
    return tuple(tower[::-1] for tower in start)


def gathered(start: Towers) -> Towers:
    """One tower, in the order of the names from below."""
    return (
        tuple(sorted((block for tower in start for block in tower), key=lambda b: (len(b), b))),
    )


def paired(start: Towers) -> Towers:
    """Towers of two blocks, by the order of the names; an odd block stands alone."""
    (order,) = gathered(start)
    return tuple(order[at : at + 2] for at in range(0, len(order), 2))


PATTERNS: tuple[Pattern, ...] = (toppled, turned, gathered, paired)
"""The patterns that are drawn, each for every fourth seed."""


@dataclass(frozen=True, slots=True)
class PatternedBlocks:
    """Towers drawn uniformly and a pattern that says where they go; one pattern for one seed.

    Without a plan is what Blocksworld draws so.
    """

    dial: Dial = WORLD.dial

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance that its pattern changes, with the plan that `Blocksworld.plan` builds."""
        rng = Random(f"patterned blocks {size} {seed}")  # noqa: S311 - instances are not secrets
        pattern, blocks = PATTERNS[seed % len(PATTERNS)], block_names(size)
        while True:
            start = random_towers(blocks, rng)
            goal = pattern(start)
            if set(goal) != set(start):
                instance = Blocksworld(start, goal)
                return WorkedExample(instance.problem(name), instance.plan())

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance of Blocksworld whose goal contradicts itself."""
        return WORLD.unsolvable(name, size=size, seed=seed)
