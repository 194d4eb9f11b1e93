"""The wide executor: a state is a set of atoms. For plans that touch too many facts for bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from soundly.families.planning.executor import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from soundly.families.planning.pddl import GroundAction, GroundAtom, Plan, Step
    from soundly.families.planning.resolve import Resolver

MAX_STEPS = 32_768
CHUNK = 8_192

Atoms: TypeAlias = "frozenset[GroundAtom]"
Operator: TypeAlias = "tuple[Atoms, Atoms, Atoms, Atoms, GroundAction | None]"
"""``needs, forbids, deletes, adds, action``.

``action`` stands where the four sets cannot say it all; ``needs`` is then met by no state.
"""

UNMET: Atoms = frozenset({()})
NOTHING: Atoms = frozenset()
NEVER: Operator = (UNMET, NOTHING, NOTHING, NOTHING, None)


class SetExecutor:
    """Runs any plan in time linear in its length, and in memory that does not grow with it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._forget()

    def solves(self, plan: Plan) -> bool:
        """Whether every step runs and the goal holds at the end."""
        state = set(self._resolver.task.init)
        return self._advance(state, plan) == len(plan) and self._resolver.goal.holds(state)

    def run(self, plan: Plan) -> Stop:
        """Runs the plan to its end, or to before its first step that cannot run."""
        state = set(self._resolver.task.init)
        return Stop(self._advance(state, plan), state)

    def changes(self, plan: Plan, atoms: Iterable[GroundAtom]) -> Mapping[GroundAtom, int]:
        """Of these atoms, those that the plan changes, each with the last step to do so."""
        watch = frozenset(atoms)
        last: dict[GroundAtom, int] = {}
        state = set(self._resolver.task.init)
        for number, step in enumerate(plan, start=1):
            before = watch & state
            self._advance(state, (step,))
            for atom in before ^ (watch & state):
                last[atom] = number
        return last

    def _advance(self, state: set[GroundAtom], plan: Plan) -> int:
        """Takes the state through the plan, and says how many steps ran."""
        done = 0
        for start in range(0, len(plan), CHUNK):
            chunk = plan[start : start + CHUNK] if len(plan) > CHUNK else plan
            self._load(chunk)
            for needs, forbids, deletes, adds, action in map(self._operators.__getitem__, chunk):
                if needs <= state and not (forbids and forbids & state):
                    state -= deletes
                    state |= adds
                elif action is None or not action.precondition.holds(state):
                    return done
                else:
                    _take(state, action)
                done += 1
        return done

    def _load(self, chunk: Plan) -> None:
        missing = set(chunk).difference(self._operators)
        if len(missing) + len(self._operators) > MAX_STEPS:
            self._forget()
            missing = set(chunk)
        for step in missing:
            self._operators[step] = self._operator(step)

    def _forget(self) -> None:
        self._operators: dict[Step, Operator] = {}
        # sets find an element faster if it is the very object they hold
        self._same = {atom: atom for atom in self._resolver.task.init}

    def _atoms(self, atoms: Iterable[GroundAtom]) -> Atoms:
        return frozenset([self._same.setdefault(atom, atom) for atom in atoms])

    def _operator(self, step: Step) -> Operator:
        literals = self._resolver.plain(step)
        if literals is not None:
            needs, forbids, deletes, adds = map(self._atoms, literals)
            return (needs, forbids, deletes, adds, None)
        action = self._resolver(step)
        if action is None or action.cost is None:
            return NEVER
        return (UNMET, NOTHING, NOTHING, NOTHING, action)


def _take(state: set[GroundAtom], action: GroundAction) -> None:
    active = [effect for effect in action.effects if effect.condition.holds(state)]
    for effect in active:
        state -= effect.deletes
    for effect in active:
        state |= effect.adds
