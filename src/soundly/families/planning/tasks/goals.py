"""The same goal in other words: shuffled, in part, or in full (PlanBench, tasks 8.1 to 8.3).

Each shows a problem with its plan and asks for what this very plan still solves. Whoever copies
it is right; whoever does not recognise the goal has to plan again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import TypeAlias

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.drawn import World
from soundly.families.planning.pddl import And, Formula, GroundAtom, Plan, Task
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
from soundly.families.planning.validator import Validator

Reformulation: TypeAlias = Callable[[Task, frozenset[GroundAtom], Random], tuple[Formula, Formula]]
"""From a task and the state that its plan ends in: the goal shown, and the goal asked for."""


@dataclass(frozen=True, slots=True)
class Reformulated:
    """Another world's instances with their plans, and the same goal put otherwise.

    Without a plan is what the world draws so, beside a solved problem from the same initial state.
    """

    world: World
    family: str
    reformulation: Reformulation

    @property
    def dial(self) -> Dial:
        """The other world's sizes."""
        return self.world.dial

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """The instance of this size and seed; the shown plan solves it."""
        original = self.world.solved(SHOWN_NAME, size=size, seed=seed)
        rng = Random(f"reformulated {size} {seed}")  # noqa: S311 - instances are not secrets
        task = task_of(original.problem)
        *_, end = validator_of(original.problem).progress(original.plan)
        goals = self.reformulation(task, end, rng)
        shown, asked = (
            restated(replace(task, goal=goal), original.problem, family=self.family, name=called)
            for goal, called in zip(goals, (SHOWN_NAME, name), strict=True)
        )
        return _with_its_plan(asked, shown, original.plan)

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """The world's instance without a plan, beside a solved one."""
        problem = self.world.unsolvable(name, size=size, seed=seed)
        return beside_a_walk(problem, family=self.family)


def shuffled(
    task: Task,
    end: frozenset[GroundAtom],  # noqa: ARG001 - a reformulation may ask for it
    rng: Random,
) -> tuple[Formula, Formula]:
    """The parts of the goal, and the same parts in another order, where there is another."""
    parts = goals_of(task)
    mixed = list(parts)
    while len(set(parts)) > 1 and mixed == parts:
        rng.shuffle(mixed)
    return And(tuple(parts)), And(tuple(mixed))


def full_to_partial(task: Task, end: frozenset[GroundAtom], rng: Random) -> tuple[Formula, Formula]:
    """All that changes and is true at the end, and some of the goal."""
    return _whole(task, end), _some(task, rng)


def partial_to_full(task: Task, end: frozenset[GroundAtom], rng: Random) -> tuple[Formula, Formula]:
    """Some of the goal, and all that changes and is true at the end."""
    return _some(task, rng), _whole(task, end)


def _whole(task: Task, end: frozenset[GroundAtom]) -> Formula:
    return goal_of([atom for atom in sorted(end) if not task.is_static(atom[0])])


def _some(task: Task, rng: Random) -> Formula:
    """A part of the goal that does not hold at first; not all of it, where that is possible."""
    open_parts = [part for part in goals_of(task) if not _holds(task, part)]
    others = [part for part in goals_of(task) if part not in open_parts]
    kept = rng.sample(open_parts, rng.randint(1, max(1, len(open_parts) - (not others))))
    kept += rng.sample(others, rng.randint(0, max(0, len(others) - 1)))
    return And(tuple(part for part in goals_of(task) if part in kept))


def _holds(task: Task, part: Formula) -> bool:
    return Validator(replace(task, goal=part)).accepts(())


def _with_its_plan(asked: Problem, shown: Problem, plan: Plan) -> WorkedExample:
    return WorkedExample(with_shown(asked, [shown_as(WorkedExample(shown, plan))]), plan)
