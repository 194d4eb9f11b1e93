"""Plan generalisation: solved instances of one pattern, and a larger one (PlanBench, task 5)."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.families.planning.drawn import World
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.shown import with_shown
from soundly.families.planning.tasks.restated import SHOWN_NAME, shown_as

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Generalisation:
    """Up to three instances with plans, each smaller than the next, and the one that is asked.

    ``world`` draws them all, by one pattern for one seed. Without a plan is what it draws so,
    beside such instances.
    """

    world: World
    family: str

    @property
    def dial(self) -> Dial:
        """The world's sizes, without the smallest, for which there is nothing smaller to show."""
        return Dial(self.world.dial.smallest + 1, self.world.dial.trained + 1)

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """The instance of this size and seed, with the world's plan for it."""
        asked = self.world.solved(name, size=size, seed=seed)
        return WorkedExample(self._beside(asked.problem, size=size, seed=seed), asked.plan)

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """The world's instance without a plan, beside smaller ones with theirs."""
        problem = self.world.unsolvable(name, size=size, seed=seed)
        return self._beside(problem, size=size, seed=seed)

    def _beside(self, problem: Problem, *, size: int, seed: int) -> Problem:
        smallest = self.world.dial.smallest
        if size <= smallest:
            raise UsageError(
                f"size is {size}, wanted at least {smallest + 1}: smaller ones are shown"
            )
        sizes = range(max(smallest, size - MOST_SHOWN), size)
        shown = [self.world.solved(SHOWN_NAME, size=each, seed=seed) for each in sizes]
        renamed = Problem(self.family, problem.name, problem.statement)
        return with_shown(renamed, map(shown_as, shown))
