"""The fast executor: a state is an integer, one bit a fact, and an action is masks over it.

Facts are numbered when a step first touches them, so the width of a state follows the plans that
are checked and not the size of the task. Beyond `MAX_FACTS` integers are slower than sets.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from soundly.families.planning.executor import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from soundly.families.planning.pddl import Condition, GroundAction, GroundAtom, Plan, Step
    from soundly.families.planning.resolve import Resolver
    from soundly.families.planning.templates import Literals

MAX_FACTS = 4_096
MAX_STEPS = 16_384

BitCondition: TypeAlias = tuple[int, int, tuple[tuple["BitCondition", ...], ...]]
"""``mask``, ``value``, ``choices``: see `_holds`."""

Branches: TypeAlias = tuple[BitCondition, tuple[tuple[BitCondition, int, int], ...]]
"""A precondition, and effects as (condition, adds, deletes)."""

Operator: TypeAlias = tuple[int, int, int, int, Branches | None]
"""``mask, value, touch, clear, branches``.

Where ``state & mask == value`` the action may run, and ``(state | touch) ^ clear`` comes next.
Otherwise it may not, unless ``branches`` says how: what masks alone cannot say is given a mask
that nothing meets, so that the common case pays nothing for it. Plain tuples, because Python
unpacks them fastest.
"""

NEVER: Operator = (0, 1, 0, 0, None)


class BitState:
    """A state for reading: which atoms are true in it."""

    __slots__ = ("_bits", "_init", "_state")

    def __init__(
        self, state: int, bits: Mapping[GroundAtom, int], init: frozenset[GroundAtom]
    ) -> None:
        self._state = state
        self._bits = bits
        self._init = init

    def __contains__(self, atom: object) -> bool:
        """Whether the atom is true; one that no step touches is as it was at first."""
        bit = self._bits.get(atom)  # type: ignore[call-overload]
        return atom in self._init if bit is None else bool(self._state & bit)


class BitExecutor:
    """Runs plans whose facts and steps are few enough: see `takes`."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._init = resolver.task.init
        self._initial = 0
        self._bits: dict[GroundAtom, int] = {}
        self._operators: dict[Step, Operator] = {}
        self._goal = self._condition(resolver.goal)

    def takes(self, plan: Plan) -> bool:
        """Makes an operator of every step; False where there are too many, or too many facts."""
        missing = set(plan).difference(self._operators)
        if len(missing) + len(self._operators) > MAX_STEPS:
            return False
        for step in missing:
            if len(self._bits) > MAX_FACTS:
                return False
            self._operators[step] = self._operator(step)
        return True

    def solves(self, plan: Plan) -> bool:
        """Whether every step runs and the goal holds at the end; KeyError before `takes`."""
        state = self._initial
        for mask, value, touch, clear, branches in map(self._operators.__getitem__, plan):
            if state & mask == value:
                state = (state | touch) ^ clear
            elif branches is None:
                return False
            else:
                after = _branch(state, branches)
                if after is None:
                    return False
                state = after
        return _holds(self._goal, state)

    def run(self, plan: Plan) -> Stop:
        """Runs the plan to its end, or to before its first step that cannot run."""
        done, state = deque(enumerate(self._states(plan)), maxlen=1).pop()
        return Stop(done, BitState(state, self._bits, self._init))

    def changes(self, plan: Plan, atoms: Iterable[GroundAtom]) -> Mapping[GroundAtom, int]:
        """Of these atoms, those that the plan changes, each with the last step to do so."""
        watched = {atom: self._bits[atom] for atom in atoms if atom in self._bits}
        watch = sum(watched.values())
        last: dict[GroundAtom, int] = {}
        before = self._initial
        for number, state in enumerate(self._states(plan)):
            changed = (before ^ state) & watch
            if changed:
                last.update((atom, number) for atom, bit in watched.items() if changed & bit)
            before = state
        return last

    def _states(self, plan: Plan) -> Iterator[int]:
        """The initial state, and one after each step that runs."""
        state = self._initial
        yield state
        for mask, value, touch, clear, branches in map(self._operators.__getitem__, plan):
            if state & mask == value:
                state = (state | touch) ^ clear
            else:
                after = None if branches is None else _branch(state, branches)
                if after is None:
                    return
                state = after
            yield state

    def _operator(self, step: Step) -> Operator:
        literals = self._resolver.plain(step)
        if literals is not None:
            return self._plain(literals)
        action = self._resolver(step)
        if action is None or action.cost is None or action.precondition.impossible:
            return NEVER
        return self._branching(action)

    def _plain(self, literals: Literals) -> Operator:
        value, forbidden = self._mask(literals.true), self._mask(literals.false)
        if value & forbidden:
            return NEVER
        added = self._mask(literals.adds)
        deleted = self._mask(literals.deletes) & ~added
        return (value | forbidden, value, added | deleted, deleted, None)

    def _branching(self, action: GroundAction) -> Operator:
        effects = tuple(
            (self._condition(e.condition), self._mask(e.adds), self._mask(e.deletes))
            for e in action.effects
        )
        return (0, 1, 0, 0, (self._condition(action.precondition), effects))

    def _condition(self, condition: Condition) -> BitCondition:
        value = self._mask(condition.true)
        groups = (tuple(map(self._condition, group)) for group in condition.choices)
        return (value | self._mask(condition.false), value, tuple(groups))

    def _mask(self, atoms: Iterable[GroundAtom]) -> int:
        """One bit for each atom; a new one gets the next bit, set in the initial state if true."""
        mask = 0
        bits = self._bits
        for atom in atoms:
            bit = bits.get(atom)
            if bit is None:
                bit = bits[atom] = 1 << len(bits)
                if atom in self._init:
                    self._initial |= bit
            mask |= bit
        return mask


def _holds(condition: BitCondition, state: int) -> bool:
    mask, value, choices = condition
    return state & mask == value and all(
        any(_holds(part, state) for part in group) for group in choices
    )


def _branch(state: int, branches: Branches) -> int | None:
    """The state after an action whose masks do not say it all; None where it may not run."""
    precondition, effects = branches
    if not _holds(precondition, state):
        return None
    adds = deletes = 0
    for condition, added, deleted in effects:
        if _holds(condition, state):
            adds |= added
            deletes |= deleted
    return (state & ~deletes) | adds
