"""Ground actions as transitions between pairs of literals, for the h² fixpoint.

A literal is an atom, or its negation where some condition asks for it. A transition says: where
all of ``needs`` hold, the action makes all of ``makes`` true and all of ``undoes`` false. An action
with alternatives in its precondition gives one transition for each, and an action with
conditional effects one more for each condition, and for each two of them, since a pair may be
made by two effects at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from soundly.families.planning.pddl import (
    Condition,
    GroundAction,
    GroundAtom,
    Task,
    ground_condition,
)

Literal: TypeAlias = tuple[GroundAtom, bool]
"""An atom, and whether it is said to be true."""

MAX_ALTERNATIVES = 64
"""Beyond so many alternatives, only what all of them have in common is kept."""


@dataclass(frozen=True, slots=True)
class Transition:
    """Literals needed before the action, and those it makes true and false."""

    needs: frozenset[Literal]
    makes: frozenset[Literal]
    undoes: frozenset[Literal]


def alternatives(condition: Condition) -> list[frozenset[Literal]]:
    """Sets of literals, one of which holds wherever the condition does.

    The disjunctive normal form, without the alternatives that contradict themselves; where it is
    too large, only the literals that hold in any case.
    """
    certain = literals_of(condition)
    found = [certain]
    for group in condition.choices:
        branches = [branch for part in group for branch in alternatives(part)]
        if len(found) * len(branches) > MAX_ALTERNATIVES:
            return [certain]
        found = [left | right for left, right in product(found, branches)]
        found = [each for each in found if _consistent(each)]
    return found


def literals_of(condition: Condition) -> frozenset[Literal]:
    """The literals that the condition asks for in any case."""
    true = {(atom, True) for atom in condition.true}
    return frozenset(true | {(atom, False) for atom in condition.false})


def negated_atoms(task: Task, actions: Iterable[GroundAction]) -> frozenset[GroundAtom]:
    """The atoms whose negation some precondition, effect condition or goal asks for."""
    conditions = [ground_condition(task, task.goal)]
    for action in actions:
        conditions.append(action.precondition)
        conditions += [effect.condition for effect in action.effects]
    negated: set[GroundAtom] = set()
    while conditions:
        condition = conditions.pop()
        negated |= condition.false
        conditions += [part for group in condition.choices for part in group]
    return frozenset(negated)


def transitions(action: GroundAction, negated: frozenset[GroundAtom]) -> Iterator[Transition]:
    """The transitions of one ground action; literals are atoms, and negations of ``negated``."""
    rules = [
        (condition, effect.adds, effect.deletes)
        for effect in action.effects
        for condition in alternatives(effect.condition)
    ]
    conditions = list(dict.fromkeys(condition for condition, _, _ in rules if condition))
    for needed in alternatives(action.precondition):
        triggers = dict.fromkeys(
            needed | first | second
            for first, second in product([frozenset(), *conditions], repeat=2)
        )
        for needs in triggers:
            if _consistent(needs):
                yield _fire(needs, rules, negated)


def _fire(
    needs: frozenset[Literal],
    rules: list[tuple[frozenset[Literal], frozenset[GroundAtom], frozenset[GroundAtom]]],
    negated: frozenset[GroundAtom],
) -> Transition:
    """What the effects do that are certain to fire where ``needs`` hold."""
    firing = [(adds, deletes) for condition, adds, deletes in rules if condition <= needs]
    added = frozenset().union(*(adds for adds, _ in firing))
    deleted = frozenset().union(*(deletes for _, deletes in firing)) - added
    makes = {(atom, True) for atom in added} | {(atom, False) for atom in deleted & negated}
    undoes = {(atom, False) for atom in added & negated} | {(atom, True) for atom in deleted}
    return Transition(needs, frozenset(makes), frozenset(undoes))


def _consistent(literals: frozenset[Literal]) -> bool:
    return not any((atom, not positive) in literals for atom, positive in literals)
