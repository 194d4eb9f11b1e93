"""What the kernel makes of a PDDL statement: a start, a goal and actions, with types resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from soundly.kernel.formula import (
    And,
    Atom,
    Binding,
    Formula,
    Literal,
    Variables,
    choices,
    ground,
    holds,
    spell,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """For each choice of the variables under which the condition holds, the atom is set.

    ``positive``: it becomes true, otherwise false.
    """

    variables: Variables
    condition: Formula
    atom: Atom
    positive: bool


@dataclass(frozen=True, slots=True)
class Action:
    """An action schema. ``costs`` are numbers and function terms; applying it costs their sum."""

    name: str
    parameters: Variables
    precondition: Formula
    effects: tuple[Effect, ...]
    costs: tuple[Fraction | Atom, ...]


@dataclass(frozen=True)
class Task:
    """A planning task.

    ``predicates`` gives each predicate its number of terms, ``costs`` the function terms their
    values. ``minimizes_cost`` says whether the problem asks for a small total-cost: where it does
    not, each step counts 1.
    """

    predicates: Mapping[str, int]
    actions: Mapping[str, Action]
    init: frozenset[Atom]
    goal: Formula
    costs: Mapping[Atom, Fraction]
    minimizes_cost: bool

    @cached_property
    def fluents(self) -> frozenset[str]:
        """The predicates that some action can change; the others are as they are in ``init``."""
        return frozenset(
            effect.atom[0] for action in self.actions.values() for effect in action.effects
        )


def apply(action: Action, binding: Binding, state: frozenset[Atom]) -> frozenset[Atom]:
    """The state after the action, whose precondition is taken to hold.

    All conditions are read in the state before, and an atom that is both set true and set false
    ends up true (PDDL 2.1, Fox and Long 2003, definition 11).
    """
    added: set[Atom] = set()
    deleted: set[Atom] = set()
    for effect in action.effects:
        for inner in choices(effect.variables, binding):
            if holds(effect.condition, inner, state):
                (added if effect.positive else deleted).add(ground(effect.atom, inner))
    return frozenset((state - deleted) | added)


def conjuncts(formula: Formula) -> Iterator[Formula]:
    """The parts that must all hold, with nested conjunctions opened."""
    if isinstance(formula, And):
        for part in formula.parts:
            yield from conjuncts(part)
    else:
        yield formula


def required_atoms(action: Action) -> list[Atom]:
    """Atoms that have to be true, whatever else the precondition says."""
    return [
        part.atom
        for part in conjuncts(action.precondition)
        if isinstance(part, Literal) and part.positive and part.atom[0] != "="
    ]


def by_predicate(atoms: frozenset[Atom], task: Task) -> dict[str, list[Atom]]:
    """The atoms by predicate, in order, with an entry for each predicate that they could have."""
    index: dict[str, list[Atom]] = {predicate: [] for predicate in task.predicates}
    for atom in sorted(atoms):
        index[atom[0]].append(atom)
    return index


def step(action: Action, binding: Binding) -> str:
    """The ground action as a plan spells it; a parameter that is still open keeps its name."""
    return spell(ground((action.name, *[parameter for parameter, _ in action.parameters]), binding))


def extensions(
    action: Action, required: list[Atom], facts: Mapping[str, list[Atom]], binding: Binding
) -> Iterator[Binding]:
    """A partial binding, extended by one more choice in every way that the facts allow.

    ``facts`` holds, by predicate, all atoms that can match the ``required`` ones of those
    predicates; atoms of other predicates restrict nothing. Yields nothing where no choice fits.
    The binding must leave some parameter open.
    """
    ranges = dict(action.parameters)
    usable: list[tuple[int, int, Atom]] = []
    for atom in required:
        unbound = sum(term in ranges and term not in binding for term in atom[1:])
        if unbound and atom[0] in facts:
            usable.append((unbound, -len(atom), atom))
    if not usable:
        variable = next(variable for variable in ranges if variable not in binding)
        yield from ({**binding, variable: value} for value in ranges[variable])
        return
    pattern = min(usable)[-1]
    for fact in facts[pattern[0]]:
        extended = match(pattern, fact, ranges, binding)
        if extended is not None:
            yield extended


def match(
    pattern: Atom, fact: Atom, ranges: Mapping[str, Collection[str]], binding: Binding
) -> Binding | None:
    """The binding extended so that the pattern becomes the fact, or None where none does.

    Variables stand for the objects in their ``ranges`` only.
    """
    if len(pattern) != len(fact) or pattern[0] != fact[0]:
        return None
    extended = dict(binding)
    for term, value in zip(pattern[1:], fact[1:], strict=True):
        if term in ranges and value not in ranges[term]:
            return None
        if extended.setdefault(term, value) != value if term in ranges else term != value:
            return None
    return extended
