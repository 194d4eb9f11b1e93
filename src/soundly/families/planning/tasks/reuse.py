"""Plan reuse: a problem that a part of a known plan solves (PlanBench, task 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import FamilyError
from soundly.core.problem import Problem
from soundly.families.planning.drawn import World
from soundly.families.planning.pddl import Formula, Plan
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.shown import with_shown
from soundly.families.planning.tasks.restated import (
    SHOWN_NAME,
    beside_a_walk,
    goal_of,
    goals_of,
    restated,
    shown_as,
)


@dataclass(frozen=True, slots=True)
class Reuse:
    """Another world's instances with their plans, and a goal that a first part of a plan reaches.

    Where some fact of that moment is gone at the end of the plan, the goal asks for one, so that
    the whole plan does not do. Without a plan is what the world draws so, beside a solved problem
    from the same initial state.
    """

    world: World
    family: str

    @property
    def dial(self) -> Dial:
        """The other world's sizes."""
        return self.world.dial

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """The instance of this size and seed, with the part of the shown plan that solves it."""
        original = self.world.solved(SHOWN_NAME, size=size, seed=seed)
        rng = Random(f"reuse {size} {seed}")  # noqa: S311 - instances are not secrets
        task = task_of(original.problem)
        for goal, plan in _parts(original, rng):
            asked = restated(
                replace(task, goal=goal), original.problem, family=self.family, name=name
            )
            return WorkedExample(with_shown(asked, [shown_as(original)]), plan)
        raise FamilyError(f"{self.family}: the plan of size {size}, seed {seed} changes nothing")

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """The world's instance without a plan, beside a solved one."""
        problem = self.world.unsolvable(name, size=size, seed=seed)
        return beside_a_walk(problem, family=self.family)


def _parts(original: WorkedExample, rng: Random) -> Iterator[tuple[Formula, Plan]]:
    """Goals that a first part of the plan reaches from where they do not hold, with that part."""
    task = task_of(original.problem)
    states = list(validator_of(original.problem).progress(original.plan))
    cuts = list(range(1, len(original.plan))) or [len(original.plan)]
    rng.shuffle(cuts)
    for cut in cuts:
        new = sorted(states[cut] - task.init)
        passing = [atom for atom in new if atom not in states[-1]]
        wanted = rng.sample(new, min(len(new), len(goals_of(task))))
        if passing and not set(passing).intersection(wanted):
            wanted[0] = rng.choice(passing)
        if wanted:
            yield goal_of(sorted(wanted)), original.plan[:cut]
