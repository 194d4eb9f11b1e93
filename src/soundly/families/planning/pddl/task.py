"""`Task`: a domain and a problem, resolved against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from soundly.families.planning.pddl.extent import require_few_choices
from soundly.families.planning.pddl.syntax import (
    Action,
    Add,
    Delete,
    Domain,
    Effect,
    ForEach,
    Formula,
    GroundAtom,
    Together,
    When,
)


@dataclass(frozen=True, slots=True)
class Task:
    """One planning task. The mappings are not to be changed.

    ``objects`` maps every object, the domain's constants first, to its one declared type.
    ``init`` holds the atoms that are true at first; every other atom is false.
    ``values`` holds what the problem states of numeric functions: ``("distance", "a", "b")`` → 3.
    ``minimizes_cost`` says whether the problem asks for a small total-cost.

    Errors: `ProblemError` where quantifiers range over more choices than anyone could look at.
    """

    domain: Domain
    name: str
    objects: Mapping[str, str] = field(hash=False)
    init: frozenset[GroundAtom]
    goal: Formula
    values: Mapping[GroundAtom, Fraction] = field(default_factory=dict, hash=False)
    minimizes_cost: bool = False
    _members: Mapping[str, tuple[str, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _supertypes: Mapping[str, frozenset[str]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _changing: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())

    def __post_init__(self) -> None:
        members: dict[str, list[str]] = {name: [] for name in self.domain.types}
        supertypes = {name: self.domain.supertypes(name) for name in self.domain.types}
        for name, declared in self.objects.items():
            if declared not in members:
                raise ValueError(f"object {name!r} has the unknown type {declared!r}")
            for above in supertypes[declared]:
                members[above].append(name)
        for atom in self.init:
            signature = self.domain.predicates.get(atom[0]) if atom else None
            if signature is None or signature.arity != len(atom) - 1:
                raise ValueError(f"not an atom of the domain: {atom}")
        object.__setattr__(self, "_members", {t: tuple(held) for t, held in members.items()})
        object.__setattr__(self, "_supertypes", supertypes)
        changing = frozenset(
            effect.atom.predicate
            for action in self.domain.actions.values()
            for effect, _ in literals(action)
        )
        object.__setattr__(self, "_changing", changing)
        self._require_few_choices()

    def _require_few_choices(self) -> None:
        parts = [part for a in self.domain.actions.values() for part in (a.precondition, a.effect)]
        for part in (self.goal, *parts):
            require_few_choices(part, lambda types: len(self.objects_of(types)))

    def objects_of(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """The objects that belong to any of these types, in the order of their declaration."""
        if len(types) == 1:
            return self._members[types[0]]
        held = {name for t in types for name in self._members[t]}
        return tuple(name for name in self.objects if name in held)

    def belongs(self, name: str, types: tuple[str, ...]) -> bool:
        """Whether this object is of one of these types, directly or through a supertype."""
        return not self._supertypes[self.objects[name]].isdisjoint(types)

    def is_static(self, predicate: str) -> bool:
        """Whether no action can change this predicate: what ``init`` says of it holds for good."""
        return predicate not in self._changing


def literals(action: Action) -> Iterator[tuple[Add | Delete, Mapping[str, tuple[str, ...]]]]:
    """Each literal an action may bring about, with the types of the variables around it."""
    scope = {parameter.name: parameter.types for parameter in action.parameters}
    yield from _literals(action.effect, scope)


def _literals(
    effect: Effect, scope: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Add | Delete, Mapping[str, tuple[str, ...]]]]:
    match effect:
        case Add() | Delete():
            yield effect, scope
        case Together(operands):
            for part in operands:
                yield from _literals(part, scope)
        case When(_, inner):
            yield from _literals(inner, scope)
        case ForEach(variables, inner):
            yield from _literals(inner, {**scope, **{v.name: v.types for v in variables}})
