"""Registered families of obfuscated instances: Blocksworld under other names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning import blocksworld
from soundly.families.planning.drawn import DrawnFamily, World, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.obfuscation import Obfuscation, mystery, randomised
from soundly.families.planning.problems import task_of
from soundly.families.planning.prompts import WorkedExample


@dataclass(frozen=True, slots=True)
class HiddenWorld:
    """Another world's instances, and their plans, in other words."""

    world: World
    obfuscation: Obfuscation
    family: str

    @property
    def dial(self) -> Dial:
        """The other world's sizes."""
        return self.world.dial

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """The other world's instance of this size and seed, renamed, with its plan renamed."""
        plain = self.world.solved(f"instance-{size}-{seed}", size=size, seed=seed)
        plan = self.obfuscation.renaming(task_of(plain.problem)).plan(plain.plan)
        return WorkedExample(self._hidden(plain.problem, name), plan)

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """The other world's instance without a plan, renamed."""
        plain = self.world.unsolvable(f"instance-{size}-{seed}", size=size, seed=seed)
        return self._hidden(plain, name)

    def _hidden(self, plain: Problem, name: str) -> Problem:
        """The problem renamed; ``name`` stands beside the statement and not in it."""
        return replace(self.obfuscation.problem(plain, family=self.family), name=name)


def hide(
    name: str, world: World, obfuscation: Obfuscation, *, example_size: int, shortest_example: int
) -> DrawnFamily:
    """A family of a world's instances in other words, with worked examples in the same words."""
    hidden = HiddenWorld(world, obfuscation, name)
    examples = small_examples(hidden, size=example_size, shortest=shortest_example)
    return DrawnFamily(PlanningFamily(name=name, examples=examples), hidden)


def mystery_blocksworld() -> DrawnFamily:
    """Blocksworld in misleading words."""
    return _hidden_blocksworld("mystery-blocksworld", mystery())


def random_blocksworld() -> DrawnFamily:
    """Blocksworld in words that say nothing."""
    return _hidden_blocksworld("random-blocksworld", randomised())


def _hidden_blocksworld(name: str, obfuscation: Obfuscation) -> DrawnFamily:
    return hide(
        name,
        blocksworld.WORLD,
        obfuscation,
        example_size=blocksworld.EXAMPLE_SIZE,
        shortest_example=blocksworld.SHORTEST_EXAMPLE,
    )
