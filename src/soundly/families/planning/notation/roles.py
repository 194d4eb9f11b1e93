"""Which domain is Blocksworld, whatever its predicates and actions are called.

Mystery Blocksworld, PlanBench's own spelling of the domain, and ours are one domain: there is a
one-to-one renaming of predicates and actions under which the actions say the same. It is looked
for by trying all of them, which are few. Other orders of parameters are another domain here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import TypeAlias

from soundly.families.planning.pddl import (
    Action,
    Add,
    And,
    Atom,
    Delete,
    Domain,
    Effect,
    Formula,
    Together,
    parse_domain,
)

_Fact: TypeAlias = tuple[str, tuple[int, ...]]
_Literal: TypeAlias = tuple[str, str, tuple[int, ...]]
_Meaning: TypeAlias = frozenset[_Literal]

PICK_UP, PUT_DOWN, STACK, UNSTACK = "pick-up", "put-down", "stack", "unstack"


def _said(before: set[_Fact], after: set[_Fact]) -> _Meaning:
    """What an action of Blocksworld says: all that it needs ends with it."""
    return frozenset(
        {
            *(("if", role, places) for role, places in before),
            *(("delete", role, places) for role, places in before),
            *(("add", role, places) for role, places in after),
        }
    )


_STANDING = {("clear", (0,)), ("table", (0,)), ("free", ())}
_STACKED = {("on", (0, 1)), ("clear", (0,)), ("free", ())}
_MEANINGS: Mapping[_Meaning, str] = {
    _said(_STANDING, {("held", (0,))}): PICK_UP,
    _said({("held", (0,))}, _STANDING): PUT_DOWN,
    _said({("held", (0,)), ("clear", (1,))}, _STACKED): STACK,
    _said(_STACKED, {("held", (0,)), ("clear", (1,))}): UNSTACK,
}


@dataclass(frozen=True, slots=True)
class Roles:
    """What a domain calls things: role to predicate, action to the domain's own name for it."""

    predicates: Mapping[str, str]
    actions: Mapping[str, str]

    def role(self, predicate: str) -> str | None:
        """The role that a predicate of the domain plays; None for another word."""
        return next((role for role, name in self.predicates.items() if name == predicate), None)


@lru_cache(maxsize=64)
def blocksworld_roles(domain: str) -> Roles | None:
    """The roles in a domain's text, or None where it is not Blocksworld with one hand.

    Raises `ProblemError` for a text that is not PDDL.
    """
    parsed = parse_domain(domain)
    arities = sorted(len(each.parameters) for each in parsed.predicates.values())
    if arities != [0, 1, 1, 1, 2] or len(parsed.actions) != len(_MEANINGS) or parsed.constants:
        return None
    return next(_matches(parsed), None)


def _matches(domain: Domain) -> Iterator[Roles]:
    by_arity: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for name, signature in domain.predicates.items():
        by_arity[len(signature.parameters)].append(name)
    (free,), (on,) = by_arity[0], by_arity[2]
    for clear, table, held in permutations(by_arity[1]):
        roles = {free: "free", on: "on", clear: "clear", table: "table", held: "held"}
        meanings = {_meaning(action, roles): action.name for action in domain.actions.values()}
        if set(meanings) == set(_MEANINGS):
            actions = {ours: meanings[meaning] for meaning, ours in _MEANINGS.items()}
            yield Roles({role: name for name, role in roles.items()}, actions)


def _meaning(action: Action, roles: Mapping[str, str]) -> _Meaning | None:
    """What an action says, by roles and places; None where it says what Blocksworld never does."""
    names = [each.name for each in action.parameters]
    before, after = _atoms(action.precondition), _changes(action.effect)
    if before is None or after is None:
        return None
    try:
        return frozenset(
            (kind, roles[atom.predicate], tuple(map(names.index, atom.terms)))
            for kind, atom in [*(("if", atom) for atom in before), *after]
        )
    except ValueError:
        return None


def _atoms(formula: Formula) -> list[Atom] | None:
    operands = formula.operands if isinstance(formula, And) else (formula,)
    atoms = [each for each in operands if isinstance(each, Atom)]
    return atoms if len(atoms) == len(operands) else None


def _changes(effect: Effect) -> list[tuple[str, Atom]] | None:
    operands = effect.operands if isinstance(effect, Together) else (effect,)
    changes: list[tuple[str, Atom]] = []
    for each in operands:
        if isinstance(each, Add):
            changes.append(("add", each.atom))
        elif isinstance(each, Delete):
            changes.append(("delete", each.atom))
        else:
            return None
    return changes
