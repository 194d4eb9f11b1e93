"""Ground conditions and actions: quantifiers expanded, equality and static atoms decided.

What validators and provers work on. The meaning of a formula is stated, without any of this, in
`soundly.families.planning.naive`, and tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from soundly.families.planning.pddl.plan import Step
from soundly.families.planning.pddl.syntax import (
    Action,
    Add,
    And,
    Atom,
    Delete,
    Effect,
    Equal,
    Exists,
    Forall,
    ForEach,
    Formula,
    GroundAtom,
    Imply,
    Increase,
    Not,
    Or,
    Together,
    TypedName,
    When,
)
from soundly.families.planning.pddl.task import Task

Binding: TypeAlias = Mapping[str, str]
"""Objects for variables; a term that is not in it stands for itself."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A ground condition: ``true`` all hold, ``false`` none, and one of each group in ``choices``.

    An empty group can never be met, so a condition that holds such a group is impossible.
    """

    true: frozenset[GroundAtom] = frozenset()
    false: frozenset[GroundAtom] = frozenset()
    choices: tuple[tuple[Condition, ...], ...] = ()

    @property
    def impossible(self) -> bool:
        """Whether no state can meet it, as far as can be told without search."""
        return () in self.choices or not self.true.isdisjoint(self.false)

    def holds(self, state: AbstractSet[GroundAtom]) -> bool:
        """Whether a state, given as the atoms true in it, meets the condition."""
        if not (self.true <= state and self.false.isdisjoint(state)):
            return False
        # spelt out, because most conditions have no choices and this is asked at every step
        return not self.choices or all(
            any(part.holds(state) for part in group) for group in self.choices
        )


ALWAYS = Condition()
NEVER = Condition(choices=((),))
_FREE = Fraction(0)


@dataclass(frozen=True, slots=True)
class GroundEffect:
    """Atoms that become true and false where the condition holds before the action."""

    condition: Condition
    adds: frozenset[GroundAtom]
    deletes: frozenset[GroundAtom]


@dataclass(frozen=True, slots=True)
class GroundAction:
    """An action with its objects.

    ``effects`` holds at most one unconditional effect, and that comes first. All happen at once,
    and an atom both added and deleted by them is true afterwards. ``cost`` is what total-cost
    rises by, or None where the problem leaves a value undefined: then the action cannot run.
    """

    step: Step
    precondition: Condition
    effects: tuple[GroundEffect, ...]
    cost: Fraction | None

    def successor(self, state: AbstractSet[GroundAtom]) -> frozenset[GroundAtom]:
        """The state after the action; whether it may run at all is not asked here."""
        active = [effect for effect in self.effects if effect.condition.holds(state)]
        deletes = frozenset().union(*(effect.deletes for effect in active))
        return frozenset(state - deletes).union(*(effect.adds for effect in active))


def ground_action(task: Task, step: Step) -> GroundAction:
    """The action a step names, which must exist, with objects that must fit its parameters."""
    action = task.domain.actions[step[0]]
    binding = dict(zip((p.name for p in action.parameters), step[1:], strict=True))
    return GroundAction(
        step=step,
        precondition=ground_condition(task, action.precondition, binding),
        effects=ground_effects(task, action.effect, binding),
        cost=action_cost(task, action, binding),
    )


def ground_condition(task: Task, formula: Formula, binding: Binding | None = None) -> Condition:
    """The ground condition equivalent to a formula in every state that `task` can reach.

    Static atoms are decided by ``init`` and do not appear. The size is that of the expanded
    formula: with nested quantifiers, the product of their numbers of objects. A `Task` bounds it.
    """
    return _Grounder(task).condition(formula, binding or {})


def ground_effects(task: Task, effect: Effect, binding: Binding) -> tuple[GroundEffect, ...]:
    """The effects under a binding, the unconditional ones gathered in the first."""
    grounder = _Grounder(task)
    adds: set[GroundAtom] = set()
    deletes: set[GroundAtom] = set()
    conditional: list[GroundEffect] = []
    for condition, literal, bound in _literals(task, effect, None, binding):
        met = ALWAYS if condition is None else grounder.condition(condition, bound)
        is_add = isinstance(literal, Add)
        atom = _bind(literal.atom, bound)
        if met is ALWAYS:
            (adds if is_add else deletes).add(atom)
        elif met is not NEVER:
            one, none = frozenset({atom}), frozenset[GroundAtom]()
            conditional.append(GroundEffect(met, *((one, none) if is_add else (none, one))))
    if adds or deletes:
        first = GroundEffect(ALWAYS, frozenset(adds), frozenset(deletes))
        return (first, *conditional)
    return tuple(conditional)


def action_cost(task: Task, action: Action, binding: Binding) -> Fraction | None:
    """What total-cost rises by; None where it depends on a value that the problem leaves out."""
    total = _FREE
    for increase in _increases(action.effect):
        amount = increase.amount
        value = task.values.get(_bind(amount, binding)) if isinstance(amount, Atom) else amount
        if value is None:
            return None
        total += value
    return total


def bindings(
    task: Task, variables: tuple[TypedName, ...], outer: Binding
) -> Iterator[dict[str, str]]:
    """Every extension of a binding by objects for these variables, in order of declaration."""
    names = [variable.name for variable in variables]
    pools = [task.objects_of(variable.types) for variable in variables]
    for objects in product(*pools):
        yield {**outer, **dict(zip(names, objects, strict=True))}


class _Draft:
    """A conjunction in the making."""

    __slots__ = ("choices", "false", "possible", "true")

    def __init__(self) -> None:
        self.possible = True
        self.true: set[GroundAtom] = set()
        self.false: set[GroundAtom] = set()
        self.choices: list[tuple[Condition, ...]] = []

    def finished(self) -> Condition:
        if not self.possible or not self.true.isdisjoint(self.false):
            return NEVER
        if not (self.true or self.false or self.choices):
            return ALWAYS
        return Condition(frozenset(self.true), frozenset(self.false), tuple(self.choices))


class _Grounder:
    """Grounds formulas in negation normal form: ``wanted`` is False below an odd number of nots."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def condition(self, formula: Formula, binding: Binding, *, wanted: bool = True) -> Condition:
        draft = _Draft()
        self._require(formula, binding, draft, wanted=wanted)
        return draft.finished()

    def _require(self, formula: Formula, binding: Binding, draft: _Draft, *, wanted: bool) -> None:
        """Adds what the formula asks for to a conjunction."""
        if isinstance(formula, Atom):
            self._require_atom(_bind(formula, binding), draft, wanted=wanted)
        elif isinstance(formula, Equal):
            same = binding.get(formula.left, formula.left) == binding.get(
                formula.right, formula.right
            )
            draft.possible &= same is wanted
        elif isinstance(formula, Not):
            self._require(formula.operand, binding, draft, wanted=not wanted)
        elif isinstance(formula, And | Forall) is wanted:
            for part, bound, sign in self._parts(formula, binding, wanted=wanted):
                self._require(part, bound, draft, wanted=sign)
                if not draft.possible:
                    return
        else:
            self._require_one(self._parts(formula, binding, wanted=wanted), draft)

    def _parts(
        self, formula: Formula, binding: Binding, *, wanted: bool
    ) -> Iterator[tuple[Formula, Binding, bool]]:
        """The parts of a compound formula, each with its binding and sign."""
        if isinstance(formula, And | Or):
            for part in formula.operands:
                yield part, binding, wanted
        elif isinstance(formula, Imply):
            yield formula.antecedent, binding, not wanted
            yield formula.consequent, binding, wanted
        elif isinstance(formula, Exists | Forall):
            for bound in bindings(self._task, formula.variables, binding):
                yield formula.body, bound, wanted

    def _require_one(self, parts: Iterator[tuple[Formula, Binding, bool]], draft: _Draft) -> None:
        possible: list[Condition] = []
        for part, bound, sign in parts:
            condition = self.condition(part, bound, wanted=sign)
            if condition is ALWAYS:
                return
            if condition is not NEVER:
                possible.append(condition)
        if len(possible) == 1:
            draft.true |= possible[0].true
            draft.false |= possible[0].false
            draft.choices.extend(possible[0].choices)
        else:
            draft.possible &= bool(possible)
            draft.choices.append(tuple(possible))

    def _require_atom(self, atom: GroundAtom, draft: _Draft, *, wanted: bool) -> None:
        if self._task.is_static(atom[0]):
            draft.possible &= (atom in self._task.init) is wanted
        else:
            (draft.true if wanted else draft.false).add(atom)


def _literals(
    task: Task, effect: Effect, condition: Formula | None, binding: Binding
) -> Iterator[tuple[Formula | None, Add | Delete, Binding]]:
    """Each literal an effect brings about, under which condition and binding."""
    if isinstance(effect, Add | Delete):
        yield condition, effect, binding
    elif isinstance(effect, Together):
        for part in effect.operands:
            yield from _literals(task, part, condition, binding)
    elif isinstance(effect, When):
        yield from _literals(task, effect.effect, effect.condition, binding)
    elif isinstance(effect, ForEach):
        for bound in bindings(task, effect.variables, binding):
            yield from _literals(task, effect.effect, condition, bound)


def _increases(effect: Effect) -> Iterator[Increase]:
    if isinstance(effect, Increase):
        yield effect
    elif isinstance(effect, Together):
        for part in effect.operands:
            yield from _increases(part)


def _bind(atom: Atom, binding: Binding) -> GroundAtom:
    return (atom.predicate, *(binding.get(term, term) for term in atom.terms))
