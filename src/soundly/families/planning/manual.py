"""A domain's actions as a manual in English: what each needs and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from soundly.families.planning.english import English, action_template, listed, words
from soundly.families.planning.pddl import (
    Action,
    Add,
    Atom,
    Delete,
    Effect,
    ForEach,
    Increase,
    Together,
    When,
)
from soundly.families.planning.pddl.syntax import format_number
from soundly.families.planning.phrases import fill


@dataclass(slots=True)
class _Changes:
    """What an effect does, clause by clause."""

    true: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)

    def clauses(self) -> list[str]:
        """All of it, each clause saying itself whether something becomes true or false."""
        found = list(self.more)
        if self.false:
            found.insert(0, f"it becomes false that {listed(self.false)}")
        if self.true:
            found.insert(0, f"it becomes true that {listed(self.true)}")
        return found


def describe_action(action: Action, english: English) -> str:
    """An action in a few lines: its form, what it is, when it is allowed, what it changes."""
    inner = english.bind(action.parameters)
    arguments = [inner.term(parameter.name) for parameter in action.parameters]
    meaning = fill(action_template(action, english.phrases), arguments)
    lines = [f"({' '.join([action.name, *arguments])}): {meaning}."]
    kinds = [
        f"{inner.term(p.name)} is a {listed([words(t) for t in p.types], last='or')}"
        for p in action.parameters
        if p.types != ("object",)
    ]
    if kinds:
        lines.append(f"  Arguments: {listed(kinds)}.")
    needs = inner.conjuncts(action.precondition)
    lines.append(f"  Allowed when: {'; '.join(needs) or 'always'}.")
    changes = _changes(action.effect, inner)
    if changes.true:
        lines.append(f"  Then true: {'; '.join(changes.true)}.")
    if changes.false:
        lines.append(f"  Then false: {'; '.join(changes.false)}.")
    lines += [f"  Also: {clause}." for clause in changes.more]
    return "\n".join(lines)


def _changes(effect: Effect, english: English) -> _Changes:
    found = _Changes()
    _collect(effect, english, found)
    return found


def _collect(effect: Effect, english: English, found: _Changes) -> None:
    match effect:
        case Add(Atom(predicate, terms)):
            found.true += [said for said in [english.atom(predicate, terms)] if said]
        case Delete(Atom(predicate, terms)):
            found.false += [said for said in [english.atom(predicate, terms)] if said]
        case Increase(amount):
            found.more.append(f"the total cost rises by {_amount(amount, english)}")
        case Together(operands):
            for operand in operands:
                _collect(operand, english, found)
        case When(condition, inner):
            before = english.condition(condition)
            clauses = _changes(inner, english).clauses()
            found.more += [f"if before the action {before}, then {c}" for c in clauses]
        case ForEach(variables, inner):
            bound = english.bind(variables)
            clauses = _changes(inner, bound).clauses()
            found.more += [f"for every {bound.variables(variables)}, {c}" for c in clauses]


def _amount(amount: Fraction | Atom, english: English) -> str:
    if isinstance(amount, Fraction):
        return format_number(amount)
    return value_of(amount.predicate, amount.terms, english)


def value_of(function: str, terms: Sequence[str], english: English) -> str:
    """A numeric function in words: "the distance of a and b"."""
    arguments = listed([english.term(term) for term in terms])
    return f"the {words(function)}{f' of {arguments}' if arguments else ''}"
