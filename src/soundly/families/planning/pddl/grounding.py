"""Ground conditions and actions: quantifiers expanded, equality and static atoms decided.

What validators and provers work on. The meaning of a formula is stated, without any of this, in
`soundly.families.planning.naive`, and tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
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

    def holds(self, state: Set[GroundAtom]) -> bool:
        """Whether a state, given as the atoms true in it, meets the condition."""
        return (
            self.true <= state
            and self.false.isdisjoint(state)
            and all(any(part.holds(state) for part in group) for group in self.choices)
        )


ALWAYS = Condition()
NEVER = Condition(choices=((),))


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

    def successor(self, state: Set[GroundAtom]) -> frozenset[GroundAtom]:
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
    formula: with nested quantifiers, the product of their numbers of objects.
    """
    return _Grounder(task).condition(formula, binding or {}, wanted=True)


def ground_effects(task: Task, effect: Effect, binding: Binding) -> tuple[GroundEffect, ...]:
    """The effects under a binding, the unconditional ones gathered in the first."""
    grounder = _Grounder(task)
    adds: set[GroundAtom] = set()
    deletes: set[GroundAtom] = set()
    conditional: list[GroundEffect] = []
    for condition, literal, bound in _literals(task, effect, And(), binding):
        met = grounder.condition(condition, bound, wanted=True)
        if met.impossible:
            continue
        atom = _bind(literal.atom, bound)
        is_add = isinstance(literal, Add)
        if met == ALWAYS:
            (adds if is_add else deletes).add(atom)
            continue
        one = frozenset({atom})
        conditional.append(
            GroundEffect(met, one, frozenset()) if is_add else GroundEffect(met, frozenset(), one)
        )
    if adds or deletes:
        first = GroundEffect(ALWAYS, frozenset(adds), frozenset(deletes))
        return (first, *conditional)
    return tuple(conditional)


def action_cost(task: Task, action: Action, binding: Binding) -> Fraction | None:
    """What total-cost rises by; None where it depends on a value that the problem leaves out."""
    total = Fraction(0)
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
    for objects in product(*(task.objects_of(variable.types) for variable in variables)):
        yield {**outer, **dict(zip(names, objects, strict=True))}


@dataclass(frozen=True, slots=True)
class _Grounder:
    """Grounds formulas in negation normal form: ``wanted`` False stands for an odd number of nots."""

    task: Task

    def condition(self, formula: Formula, binding: Binding, *, wanted: bool) -> Condition:
        match formula:
            case Atom():
                return self._atom(_bind(formula, binding), wanted=wanted)
            case Equal(left, right):
                same = binding.get(left, left) == binding.get(right, right)
                return ALWAYS if same is wanted else NEVER
            case Not(operand):
                return self.condition(operand, binding, wanted=not wanted)
            case And(operands) | Or(operands):
                parts = (self.condition(part, binding, wanted=wanted) for part in operands)
                return _all(parts) if isinstance(formula, And) is wanted else _any(parts)
            case Imply(antecedent, consequent):
                before = self.condition(antecedent, binding, wanted=not wanted)
                after = self.condition(consequent, binding, wanted=wanted)
                return _any(iter((before, after))) if wanted else _all(iter((before, after)))
            case Exists(variables, body) | Forall(variables, body):
                inner = bindings(self.task, variables, binding)
                parts = (self.condition(body, bound, wanted=wanted) for bound in inner)
                return _all(parts) if isinstance(formula, Forall) is wanted else _any(parts)

    def _atom(self, atom: GroundAtom, *, wanted: bool) -> Condition:
        if self.task.is_static(atom[0]):
            return ALWAYS if (atom in self.task.init) is wanted else NEVER
        one = frozenset({atom})
        return Condition(true=one) if wanted else Condition(false=one)


def _all(parts: Iterator[Condition]) -> Condition:
    true: set[GroundAtom] = set()
    false: set[GroundAtom] = set()
    choices: list[tuple[Condition, ...]] = []
    for part in parts:
        if part.impossible:
            return NEVER
        true |= part.true
        false |= part.false
        choices.extend(part.choices)
    if not true.isdisjoint(false):
        return NEVER
    return Condition(frozenset(true), frozenset(false), tuple(choices))


def _any(parts: Iterator[Condition]) -> Condition:
    possible: list[Condition] = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        if not part.impossible:
            possible.append(part)
    if not possible:
        return NEVER
    return possible[0] if len(possible) == 1 else Condition(choices=(tuple(possible),))


def _literals(
    task: Task, effect: Effect, condition: Formula, binding: Binding
) -> Iterator[tuple[Formula, Add | Delete, Binding]]:
    """Each literal an effect brings about, under which condition and binding."""
    match effect:
        case Add() | Delete():
            yield condition, effect, binding
        case Together(operands):
            for part in operands:
                yield from _literals(task, part, condition, binding)
        case When(inner, body):
            yield from _literals(task, body, inner, binding)
        case ForEach(variables, body):
            for bound in bindings(task, variables, binding):
                yield from _literals(task, body, condition, bound)
        case Increase():
            return


def _increases(effect: Effect) -> Iterator[Increase]:
    if isinstance(effect, Increase):
        yield effect
    elif isinstance(effect, Together):
        for part in effect.operands:
            yield from _increases(part)


def _bind(atom: Atom, binding: Binding) -> GroundAtom:
    return (atom.predicate, *(binding.get(term, term) for term in atom.terms))
