"""Plans step by step: which first steps run, where they lead, and how far it is from there."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

from soundly.core.errors import FamilyError, UsageError
from soundly.core.notation import Notation, SearchSpace
from soundly.core.problem import Problem
from soundly.core.stepwise import Prefix, Steps
from soundly.families.planning.pddl import GroundAtom, Plan, Step, format_atom
from soundly.families.planning.pddl.task import literals
from soundly.families.planning.problems import PARSED_PROBLEMS_KEPT, task_of, validator_of
from soundly.families.planning.resolve import Resolver
from soundly.families.planning.unmet import unmet_parts

STANDS_KEPT = 20_000
"""Prefixes of one problem whose states are remembered."""


def steps_of(plan: Plan) -> Steps:
    """A plan's steps, each as PDDL."""
    return tuple(map(format_atom, plan))


def plan_in(steps: Steps) -> Plan:
    """The plan that steps spell."""
    return tuple(tuple(step[1:-1].split()) for step in steps)


def judge_steps(problem: Problem, steps: Steps, notation: Notation | None) -> Prefix:
    """Dead at the first step that cannot run, complete where the goal holds behind the last.

    The state is what holds, without facts that no action changes. The distance is a lower bound
    where the notation can say the problem, else the number of goals that do not hold.
    """
    walk = _walk(problem, notation)  # type: ignore[arg-type] # protocols promise no hash
    plan = plan_in(steps)
    reach, stand = walk.along(plan)
    state, distance = walk.spelt(stand), walk.distance(stand)
    if reach < len(steps):
        critiques = validator_of(problem).check(plan).critiques
        return Prefix(steps, reach, state, critiques, distance=distance)
    return Prefix(steps, reach, state, complete=walk.solved(stand), distance=distance)


def tell_steps(prefix: Prefix) -> str:
    """The steps that stand, and the facts that hold behind them."""
    steps = "\n".join(prefix.steps[: prefix.reach])
    return f"Steps so far:\n{steps}\n\nFacts that hold now:\n{prefix.state}"


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a prefix leads: ``place`` is the same in the notation's space, where it has one."""

    facts: frozenset[GroundAtom]
    place: Hashable | None


class _Walk:
    """The prefixes of one problem, each run from the longest that is known. Not for two threads."""

    def __init__(self, problem: Problem, notation: Notation | None) -> None:
        self._problem = problem
        self._task = task_of(problem)
        self._resolver = Resolver(self._task)
        self._notation = notation
        self._space = _space(problem, notation)
        actions = self._task.domain.actions.values()
        self._fluents = {e.atom.predicate for action in actions for e, _ in literals(action)}
        start = None if self._space is None else self._space.start
        self._stands: dict[Plan, _Stand] = {(): _Stand(self._task.init, start)}

    def along(self, plan: Plan) -> tuple[int, _Stand]:
        """How many steps run, and where those lead."""
        reach = len(plan)
        while plan[:reach] not in self._stands:
            reach -= 1
        stand = self._stands[plan[:reach]]
        while reach < len(plan) and (there := self._after(stand, plan[reach])) is not None:
            reach, stand = reach + 1, there
            if len(self._stands) >= STANDS_KEPT:
                self._stands = {(): self._stands[()]}
            self._stands[plan[:reach]] = stand
        return reach, stand

    def spelt(self, stand: _Stand) -> str:
        return " ".join(
            sorted(format_atom(fact) for fact in stand.facts if fact[0] in self._fluents)
        )

    def solved(self, stand: _Stand) -> bool:
        return self._resolver.goal.holds(stand.facts)

    def distance(self, stand: _Stand) -> int:
        if self._space is not None and stand.place is not None:
            return self._space.estimate(stand.place)
        return len(unmet_parts(self._task, stand.facts, self._task.goal, {}))

    def _after(self, stand: _Stand, step: Step) -> _Stand | None:
        action = self._resolver(step)
        if action is None or action.cost is None or not action.precondition.holds(stand.facts):
            return None
        return _Stand(action.successor(stand.facts), self._place_after(stand, step))

    def _place_after(self, stand: _Stand, step: Step) -> Hashable | None:
        if self._space is None or self._notation is None or stand.place is None:
            return None
        wanted = self._notation.solution(self._problem, (step,))
        for words, place in self._space.successors(stand.place):
            if words == wanted:
                return place
        raise FamilyError(f"{format_atom(step)} runs, and the notation's space does not know it")


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _walk(problem: Problem, notation: Notation | None) -> _Walk:
    return _Walk(problem, notation)


def _space(problem: Problem, notation: Notation | None) -> SearchSpace | None:
    """None where there is no notation, or one that cannot say the problem."""
    try:
        return None if notation is None else notation.space(problem)
    except UsageError:
        return None
