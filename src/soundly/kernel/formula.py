"""Formulas in negation normal form, and their truth in a state.

A state is the set of the atoms that are true in it. An atom is a tuple, predicate first; in a
formula its terms may be variables, which start with a question mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeAlias

Atom: TypeAlias = tuple[str, ...]
Binding: TypeAlias = Mapping[str, str]
Variables: TypeAlias = tuple[tuple[str, Collection[str]], ...]
"""Each variable with the objects that it ranges over, in order and quick to search."""


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom, or its negation. The predicate ``=`` compares its two terms."""

    atom: Atom
    positive: bool = True


@dataclass(frozen=True, slots=True)
class And:
    """True if each part is; so the empty conjunction is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True if some part is; so the empty disjunction is false."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class ForAll:
    """True if the body is, whatever the variables stand for."""

    variables: Variables
    body: Formula


@dataclass(frozen=True, slots=True)
class Exists:
    """True if the body is, for some choice of what the variables stand for."""

    variables: Variables
    body: Formula


Formula: TypeAlias = Literal | And | Or | ForAll | Exists

TRUE = And(())

MAX_CHOICES = 1_000_000
"""How many choices of objects the kernel looks at for one quantifier, nested ones included."""


def negate(formula: Formula) -> Formula:
    """The formula that is true exactly where this one is false."""
    match formula:
        case Literal(atom, positive):
            return Literal(atom, not positive)
        case And(parts):
            return Or(tuple(negate(part) for part in parts))
        case Or(parts):
            return And(tuple(negate(part) for part in parts))
        case ForAll(variables, body):
            return Exists(variables, negate(body))
        case Exists(variables, body):
            return ForAll(variables, negate(body))


def ground(atom: Atom, binding: Binding) -> Atom:
    """The atom with the variables replaced that the binding knows."""
    return (atom[0], *[binding.get(term, term) for term in atom[1:]])


def choices(variables: Variables, binding: Binding) -> Iterator[Binding]:
    """The binding, extended in every way by values for the variables."""
    names = [variable for variable, _ in variables]
    for values in product(*(objects for _, objects in variables)):
        yield {**binding, **dict(zip(names, values, strict=True))}


def most_choices(formula: Formula) -> int:
    """How often, at most, one literal of the formula is looked at: nested quantifiers multiply."""
    match formula:
        case Literal():
            return 1
        case And(parts) | Or(parts):
            return max(map(most_choices, parts), default=1)
        case ForAll(variables, body) | Exists(variables, body):
            return extent(variables) * max(1, most_choices(body))


def extent(variables: Variables) -> int:
    """The number of ways to choose an object for each of the variables."""
    return prod(len(objects) for _, objects in variables)


def holds(formula: Formula, binding: Binding, state: frozenset[Atom]) -> bool:
    """Whether the formula is true in the state; each of its free variables has to be bound."""
    match formula:
        case Literal(("=", left, right), positive):
            return (binding.get(left, left) == binding.get(right, right)) is positive
        case Literal(atom, positive):
            return (ground(atom, binding) in state) is positive
        case And(parts):
            return all(holds(part, binding, state) for part in parts)
        case Or(parts):
            return any(holds(part, binding, state) for part in parts)
        case ForAll(variables, body):
            return all(holds(body, inner, state) for inner in choices(variables, binding))
        case Exists(variables, body):
            return any(holds(body, inner, state) for inner in choices(variables, binding))


def unmet(formula: Formula, binding: Binding, state: frozenset[Atom]) -> str:
    """Names the first false part of a false formula, down to a literal where there is one."""
    match formula:
        case Literal(atom, positive):
            return f"{spell(ground(atom, binding))} is {'false' if positive else 'true'}"
        case And(parts):
            wrong = next(part for part in parts if not holds(part, binding, state))
            return unmet(wrong, binding, state)
        case ForAll(variables, body):
            inner = next(b for b in choices(variables, binding) if not holds(body, b, state))
            return unmet(body, inner, state)
        case Or(parts):
            return f"none of {len(parts)} alternatives holds" + (
                f", the first because {unmet(parts[0], binding, state)}" if parts else ""
            )
        case Exists(variables):
            return f"no choice of {' '.join(variable for variable, _ in variables)} makes it true"


def spell(atom: Atom) -> str:
    """An atom, or a step of a plan, as PDDL writes it."""
    return f"({' '.join(atom)})"
