"""The fast path: states as integers, one bit a fact, and actions as masks over them.

Facts are numbered when a step first touches them, so the width of a state follows the plans that
are checked and not the size of the task. Nothing is explained here: a plan solves the task or does
not. `soundly.families.planning.naive` says the same slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from soundly.families.planning.templates import Template, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from soundly.families.planning.pddl import Condition, GroundAtom, Plan, Step
    from soundly.families.planning.resolve import Resolver

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


class MaskedTask:
    """A task in bits. Not for use by two threads at once."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        domain = resolver.task.domain
        self._templates: dict[str, Template] = {}
        for name, action in domain.actions.items():
            template = template_of(action)
            if template is not None:
                self._templates[name] = template
        self._reset()

    def solves(self, plan: Plan) -> bool | None:
        """Whether the plan runs to its end and meets the goal; None where bits are too many."""
        operator = self._operators.__getitem__
        try:
            state = self._initial
            for mask, value, touch, clear, branches in map(operator, plan):
                if state & mask == value:
                    state = (state | touch) ^ clear
                elif branches is None:
                    return False
                else:
                    after = _branch(state, branches)
                    if after is None:
                        return False
                    state = after
        except KeyError:
            return self.solves(plan) if self._load(plan) else None
        return _holds(self._goal, state)

    def _reset(self) -> None:
        self._bits: dict[GroundAtom, int] = {}
        self._initial = 0
        self._operators: dict[Step, Operator] = {}
        self._goal = self._condition(self._resolver.goal)

    def _load(self, plan: Plan) -> bool:
        """Makes an operator of every step; False where the plan needs too many."""
        missing = set(plan) - self._operators.keys()
        if len(missing) > MAX_STEPS:
            return False
        if len(missing) + len(self._operators) > MAX_STEPS or len(self._bits) > MAX_FACTS // 2:
            self._reset()
            missing = set(plan)
        for step in missing:
            self._operators[step] = self._operator(step)
            if len(self._bits) > MAX_FACTS:
                self._reset()
                return False
        return True

    def _operator(self, step: Step) -> Operator:
        if not self._resolver.fits(step):
            return NEVER
        template = self._templates.get(step[0])
        return self._from_template(template, step) if template else self._from_ground(step)

    def _from_template(self, template: Template, step: Step) -> Operator:
        true, false, adds, deletes = template.instantiate(step)
        value, forbidden = self._mask(true), self._mask(false)
        if value & forbidden:
            return NEVER
        added = self._mask(adds)
        deleted = self._mask(deletes) & ~added
        return (value | forbidden, value, added | deleted, deleted, None)

    def _from_ground(self, step: Step) -> Operator:
        action = self._resolver(step)
        if action is None or action.cost is None or action.precondition.impossible:
            return NEVER
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
                if atom in self._resolver.task.init:
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
