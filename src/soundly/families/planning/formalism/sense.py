"""What is wrong or odd about a planning task that can be read: names that nothing can make true."""

from __future__ import annotations

from collections.abc import Iterator

from soundly.core.verdict import Critique
from soundly.families.planning.pddl import (
    And,
    Atom,
    Delete,
    Effect,
    Equal,
    Exists,
    Forall,
    ForEach,
    Formula,
    Imply,
    Increase,
    Not,
    Or,
    Task,
    Together,
    When,
    format_atom,
)
from soundly.families.planning.pddl.task import literals


def faults(task: Task) -> tuple[Critique, ...]:
    """Why a task cannot have been meant so; none of them keeps the parser from reading it."""
    possible = _can_be_true(task)
    found: list[Critique] = []
    if not task.domain.actions:
        found.append(Critique("no-action", "the domain has no action", "domain"))
    for predicate in dict.fromkeys(_demanded(task.goal)):
        if predicate not in possible:
            message = f"no action makes {predicate!r} true, and nothing in :init is {predicate!r}"
            found.append(Critique("goal-out-of-reach", message, "problem, :goal"))
    for fact in _wanted_facts(task.goal):
        if task.is_static(fact[0]) and fact[0] in possible and fact not in task.init:
            message = f"{format_atom(fact)} is not in :init, and no action makes it true"
            found.append(Critique("goal-out-of-reach", message, "problem, :goal"))
    for action in task.domain.actions.values():
        for predicate in dict.fromkeys(_demanded(action.precondition)):
            if predicate not in possible:
                message = f"needs {predicate!r}, which nothing in :init is and no action makes true"
                found.append(Critique("action-never-runs", message, f"action {action.name}"))
    return tuple(found)


def oddities(task: Task) -> tuple[Critique, ...]:
    """What is declared and never used: predicates, and objects that no fact and no goal names."""
    used = set(_predicates_of(task.goal)) | {atom[0] for atom in task.init}
    for action in task.domain.actions.values():
        used |= set(_predicates_of(action.precondition)) | set(_touched(action.effect))
    found = [
        Critique("unused", f"the predicate {name!r} is declared and never used", "domain")
        for name in task.domain.predicates
        if name not in used
    ]
    mentioned = {name for atom in (*task.init, *task.values) for name in atom[1:]}
    mentioned |= {name for atom in _atoms(task.goal) for name in atom.terms}
    quantified = any(map(_quantified, (task.goal, *_conditions(task))))
    constants = {constant.name for constant in task.domain.constants}
    found += [
        Critique("unused", f"the object {name!r} is in no fact and in no goal", "problem, :objects")
        for name in task.objects
        if name not in mentioned and name not in constants and not quantified
    ]
    return tuple(found)


def _can_be_true(task: Task) -> set[str]:
    """Predicates of which some atom is true at first, or can be made true."""
    added = {
        effect.atom.predicate
        for action in task.domain.actions.values()
        for effect, _ in literals(action)
        if not isinstance(effect, Delete)
    }
    return added | {atom[0] for atom in task.init}


def _demanded(formula: Formula) -> Iterator[str]:
    """Predicates that certainly have to be true of something."""
    match formula:
        case Atom(predicate, _):
            yield predicate
        case And(parts):
            for part in parts:
                yield from _demanded(part)
        case Exists(_, inner):
            yield from _demanded(inner)
        case _:
            return


def _wanted_facts(formula: Formula) -> Iterator[tuple[str, ...]]:
    """The atoms of a goal that must all be true."""
    match formula:
        case Atom(predicate, terms):
            yield (predicate, *terms)
        case And(parts):
            for part in parts:
                yield from _wanted_facts(part)
        case _:
            return


def _atoms(formula: Formula) -> Iterator[Atom]:
    match formula:
        case Atom():
            yield formula
        case And(parts) | Or(parts):
            for part in parts:
                yield from _atoms(part)
        case Not(inner) | Exists(_, inner) | Forall(_, inner):
            yield from _atoms(inner)
        case Imply(premise, conclusion):
            yield from _atoms(premise)
            yield from _atoms(conclusion)
        case Equal(left, right):
            yield Atom("=", (left, right))


def _predicates_of(formula: Formula) -> Iterator[str]:
    return (atom.predicate for atom in _atoms(formula))


def _touched(effect: Effect) -> Iterator[str]:
    """Predicates that an effect sets or asks for."""
    match effect:
        case Together(parts):
            for part in parts:
                yield from _touched(part)
        case When(condition, inner):
            yield from _predicates_of(condition)
            yield from _touched(inner)
        case ForEach(_, inner):
            yield from _touched(inner)
        case Increase():
            return
        case _:
            yield effect.atom.predicate


def _conditions(task: Task) -> Iterator[Formula]:
    return (action.precondition for action in task.domain.actions.values())


def _quantified(formula: Formula) -> bool:
    """Whether a formula speaks of objects without naming them."""
    match formula:
        case Exists() | Forall():
            return True
        case And(parts) | Or(parts):
            return any(map(_quantified, parts))
        case Not(inner):
            return _quantified(inner)
        case Imply(premise, conclusion):
            return _quantified(premise) or _quantified(conclusion)
        case _:
            return False
