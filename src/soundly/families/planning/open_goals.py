"""Blocksworld whose goals ask only what stands on what, as PlanBench's do.

Source: the instances of Valmeekam et al., arXiv:2206.10498.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count, pairwise

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.families.planning import blocksworld
from soundly.families.planning.blocksworld import Towers, stated_blocks
from soundly.families.planning.drawn import DrawnFamily, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.ladder import Progression
from soundly.families.planning.prompts import WorkedExample

NAME = "blocksworld-open"
_STRIDE = 1_000_003


@dataclass(frozen=True, slots=True)
class OpenGoalWorld:
    """Blocksworld's instances, of whose goals only what stands on a block is asked.

    Something is asked that does not hold at the start.
    """

    dial: Dial = field(default_factory=lambda: blocksworld.WORLD.dial)

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with a plan that reaches the whole goal state."""
        for attempt in count():
            instance = blocksworld.drawn_blocks(size, seed + attempt * _STRIDE)
            asked = dict(_standing(instance.goal))
            if set(asked.items()) - _standing(instance.start):
                stated = stated_blocks(name, instance.start, asked)
                return WorkedExample(replace(stated, family=NAME), instance.plan())
        raise UsageError("no instance came up")  # the count has no end, which mypy cannot see

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """Blocksworld's instance without a plan, as it is: the fault is in what stands on what."""
        return replace(blocksworld.WORLD.unsolvable(name, size=size, seed=seed), family=NAME)


def _standing(towers: Towers) -> set[tuple[str, str]]:
    """What stands on what, without what stands on the table."""
    return {(block, under) for tower in towers for under, block in pairwise(tower)}


def blocksworld_open() -> DrawnFamily:
    """Towers to rebuild, of which only some are asked; a size is a number of blocks."""
    examples = small_examples(
        OpenGoalWorld(), size=blocksworld.EXAMPLE_SIZE, shortest=blocksworld.SHORTEST_EXAMPLE
    )
    planning = PlanningFamily(
        name=NAME,
        phrases=blocksworld.PHRASES,
        examples=examples,
        ladder=(Progression(),),
    )
    return DrawnFamily(planning, OpenGoalWorld())
