"""Replanning: something changes the state while a plan is carried out (PlanBench, task 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import FamilyError
from soundly.core.problem import Problem
from soundly.families.planning.drawn import World
from soundly.families.planning.pddl import GroundAtom, Plan, Step, Task, ground_action
from soundly.families.planning.problems import task_of, texts_of, validator_of
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.proofs import Evidence, prove_by_h2
from soundly.families.planning.shown import with_shown
from soundly.families.planning.tasks.restated import SHOWN_NAME, restated, shown_as
from soundly.families.planning.validator import Validator
from soundly.families.planning.walks import applicable_steps

_LENGTHS = (2, 2, 4)
_PATIENCE = 60
_MAX_PROOF_SECONDS = 60.0
_MAX_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Replanning:
    """Another world's instances, interrupted: a few steps that nobody planned change the state.

    Each of these steps can be undone by one step, so that there is a plan for what is asked: undo
    them and go on. Where it can be had, the rest of the shown plan no longer works. Without a plan
    are instances where a fact is lost instead, such as where a block is, and where an h² invariant
    shows that the goal is out of reach.
    """

    world: World
    family: str

    @property
    def dial(self) -> Dial:
        """The other world's sizes."""
        return self.world.dial

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """The instance of this size and seed, with the plan that undoes what came in between."""
        original = self.world.solved(SHOWN_NAME, size=size, seed=seed)
        rng = Random(f"replanning {size} {seed}")  # noqa: S311 - instances are not secrets
        spare: WorkedExample | None = None
        for done, state, mend in _interruptions(original, rng):
            task = replace(task_of(original.problem), init=state)
            rest = original.plan[done:]
            if Validator(task).accepts(()):
                continue
            found = self._interrupted(original, task, name, done)
            spare = WorkedExample(found, (*mend, *rest))
            if not Validator(task).accepts(rest):
                break
        if spare is None:
            raise FamilyError(
                f"{self.family}: nothing can come in between at size {size}, seed {seed}"
            )
        return spare

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed after the loss of a fact.

        Raises `FamilyError` where no lost fact is proved to put the goal out of reach.
        """
        original = self.world.solved(SHOWN_NAME, size=size, seed=seed)
        rng = Random(f"replanning unsolvable {size} {seed}")  # noqa: S311 - not a secret
        task = task_of(original.problem)
        done = rng.randrange(len(original.plan))
        *_, state = validator_of(original.problem).progress(original.plan[:done])
        facts = [atom for atom in sorted(state) if not task.is_static(atom[0])]
        for lost in rng.sample(facts, len(facts)):
            left = replace(task, init=state - {lost})
            problem = self._interrupted(original, left, name, done)
            proof = prove_by_h2(
                *texts_of(problem), max_seconds=_MAX_PROOF_SECONDS, max_pairs=_MAX_PAIRS
            )
            if isinstance(proof, Evidence):
                return problem
        raise FamilyError(f"{self.family}: no lost fact is fatal at size {size}, seed {seed}")

    def _interrupted(self, original: WorkedExample, task: Task, name: str, done: int) -> Problem:
        problem = restated(task, original.problem, family=self.family, name=name)
        return with_shown(problem, [shown_as(original, carried_out=done)])


def _interruptions(
    original: WorkedExample, rng: Random
) -> Iterator[tuple[int, frozenset[GroundAtom], Plan]]:
    """How many steps were carried out, the state found then, and steps that mend it."""
    task = task_of(original.problem)
    states = list(validator_of(original.problem).progress(original.plan))
    for _ in range(_PATIENCE):
        done = rng.randrange(len(original.plan))
        found, mend = _astray(task, states[done], rng.choice(_LENGTHS), rng)
        if mend and found not in states:
            yield done, found, mend
    for done in range(1, len(original.plan)):
        yield done, states[done - 1], (original.plan[done - 1],)


def _astray(
    task: Task, state: frozenset[GroundAtom], length: int, rng: Random
) -> tuple[frozenset[GroundAtom], Plan]:
    """A state up to ``length`` steps away, and the way back, which undoes them one by one."""
    back: list[Step] = []
    seen = {state}
    for _ in range(length):
        for step in applicable_steps(task, state, rng):
            after = ground_action(task, step).successor(state)
            undo = None if after in seen else _undoing(task, after, state, rng)
            if undo is not None:
                break
        else:
            break
        back.insert(0, undo)
        state = after
        seen.add(state)
    return state, tuple(back)


def _undoing(
    task: Task, after: frozenset[GroundAtom], before: frozenset[GroundAtom], rng: Random
) -> Step | None:
    """A step that leads from a state straight back to the one before."""
    for step in applicable_steps(task, after, rng):
        if ground_action(task, step).successor(after) == before:
            return step
    return None
