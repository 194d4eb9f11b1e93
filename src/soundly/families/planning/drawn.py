"""A planning family that draws its own instances, each with a plan, and some without any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.continuing import Joined, Keep, Rest
from soundly.core.dial import Dial
from soundly.core.explanation import Explanation
from soundly.core.family import Language, PromptStyle, SolverRun
from soundly.core.notation import Notation
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.core.stepwise import Prefix, Steps
from soundly.families.planning.critic import PlanCritic
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.problems import task_of
from soundly.families.planning.prompts import WorkedExample


class World(Protocol):
    """Where a family's instances come from: the same ones for the same size and seed.

    ``name`` is what the instance is to be called.
    """

    @property
    def dial(self) -> Dial:
        """The sizes that it draws."""
        ...

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with a valid plan, which need not be a short one."""
        ...

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance without a plan, as an h² invariant shows."""
        ...


@dataclass(frozen=True, slots=True)
class DrawnFamily:
    """A planning family with a world to draw from; everything else is the planning family's."""

    planning: PlanningFamily
    world: World

    @property
    def name(self) -> str:
        """The name that its problems carry."""
        return self.planning.name

    @property
    def critic(self) -> PlanCritic:
        """The validator."""
        return self.planning.critic

    @property
    def dial(self) -> Dial:
        """The sizes that it draws."""
        return self.world.dial

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """A planner, then the provers of unsolvability."""
        return self.planning.solvers

    @property
    def procedures(self) -> tuple[str, ...]:
        """What prompts can teach, from the general to the special."""
        return self.planning.procedures

    @property
    def notation(self) -> Notation | None:
        """Few words for its problems, where it has them."""
        return self.planning.notation

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        return self.draw_solved(size=size, seed=seed).problem

    def draw_solved(self, *, size: int, seed: int) -> WorkedExample:
        """The instance that `draw` gives, with a valid plan for it; found without search."""
        return self.world.solved(f"{self.name}-{size}-{seed}", size=size, seed=seed)

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size that has no plan: the same one every time."""
        name = f"{self.name}-unsolvable-{size}-{seed}"
        return self.world.unsolvable(name, size=size, seed=seed)

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in the names of objects alone."""
        return self.planning.canonical_form(problem)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The conversation that puts the problem to a model."""
        return self.planning.render(problem, style)

    def solver_runs(
        self, problem: Problem, *, count: int, language: Language
    ) -> Sequence[SolverRun]:
        """Searches on the world's small instances, written out."""
        return self.planning.solver_runs(problem, count=count, language=language)

    def read(self, problem: Problem, text: str) -> Reading:
        """The plan that an answer proposes."""
        return self.planning.read(problem, text)

    def read_steps(self, problem: Problem, text: str) -> Steps:
        """The steps of the plan that an answer proposes."""
        return self.planning.read_steps(problem, text)

    def judge_steps(self, problem: Problem, steps: Steps) -> Prefix:
        """How far the steps run."""
        return self.planning.judge_steps(problem, steps)

    def spell_steps(self, problem: Problem, steps: Steps) -> str:
        """The steps as a plan between its marks."""
        return self.planning.spell_steps(problem, steps)

    def tell_steps(self, problem: Problem, prefix: Prefix) -> str:
        """The steps that stand, and the facts that hold behind them."""
        return self.planning.tell_steps(problem, prefix)

    def explain(self, problem: Problem, text: str) -> Explanation:
        """What the answer's own chain of states is worth."""
        return self.planning.explain(problem, text)

    def rest(
        self, problem: Problem, solution: object, *, keep: Keep, most: int | None = None
    ) -> Rest:
        """What is left after the steps of a plan that are kept."""
        return self.planning.rest(problem, solution, keep=keep, most=most)

    def joined(self, problem: Problem, rest: Rest, text: str) -> Joined:
        """The kept steps and a planner's, as one plan."""
        return self.planning.joined(problem, rest, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence."""
        return self.planning.certify(problem, candidate)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A right answer with one or two edits."""
        return self.planning.near_miss(problem, answer, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the textbook's validator accepts."""
        return self.planning.twin(problem, candidate)


def small_examples(
    world: World, *, size: int, shortest: int
) -> Callable[[Problem, int], Sequence[WorkedExample]]:
    """Worked examples: a world's own small instances, with plans of at least ``shortest`` steps.

    None starts where the problem starts that is asked.
    """

    def examples(problem: Problem, count: int) -> Sequence[WorkedExample]:
        init = task_of(problem).init
        found: list[WorkedExample] = []
        seed = 0
        while len(found) < count:
            example = world.solved(f"example-{seed}", size=size, seed=seed)
            if len(example.plan) >= shortest and task_of(example.problem).init != init:
                found.append(example)
            seed += 1
        return found

    return examples
