"""How an action can make a pair of facts hold: the cases that an invariant has to exclude.

An action makes a pair hold only if it makes one of the two facts hold. So for each fact of a pair
only the effects that can set it are looked at; the parameters they leave open are chosen one by
one, and only as long as the case is not excluded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from soundly.kernel.formula import Binding, Exists, Literal, negate
from soundly.kernel.invariant import Claim
from soundly.kernel.task import (
    Action,
    Effect,
    Task,
    by_predicate,
    extensions,
    match,
    required_atoms,
    step,
)

Pair: TypeAlias = tuple[Literal, ...]
"""One or two different facts, each possibly negated."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which an action may make a pair hold.

    It takes at least this binding of the parameters, these claims true before the action, and no
    effect that undoes the facts in ``kept``.
    """

    action: Action
    binding: Binding
    claims: tuple[Claim, ...]
    kept: tuple[Literal, ...]


class Transitions:
    """The actions of a task, looked at from the facts that they set."""

    def __init__(self, task: Task) -> None:
        self._setters: dict[tuple[str, bool], list[tuple[Action, Effect]]] = {}
        for action in task.actions.values():
            for effect in action.effects:
                key = (effect.atom[0], effect.positive)
                self._setters.setdefault(key, []).append((action, effect))
        self._required = {each.name: required_atoms(each) for each in task.actions.values()}
        self._unchanging = by_predicate(task.init, task)
        for predicate in task.fluents:
            del self._unchanging[predicate]

    def cases(self, pair: Pair) -> Iterator[Case]:
        """Every way in which an action makes the pair hold that did not hold before it."""
        for fact in pair:
            others = tuple(other for other in pair if other != fact)
            for action, effect in self._setters.get((fact.atom[0], fact.positive), []):
                yield from _cases(fact, others, action, effect)

    def possible_step(self, case: Case, excludes: Callable[[list[Claim]], bool]) -> str | None:
        """A ground action for which the case is not excluded; None: there is none.

        ``excludes`` says whether no state that can be reached fits some claims.
        """
        action = case.action
        pending = [case.binding]
        while pending:
            binding = pending.pop()
            claims = [(action.precondition, {}), *case.claims]
            for fact in case.kept:
                claims += _not_undone(action, fact, binding)
            if excludes([(formula, {**binding, **own}) for formula, own in claims]):
                continue
            if len(binding) == len(action.parameters):
                return step(action, binding)
            required = self._required[action.name]
            pending.extend(extensions(action, required, self._unchanging, binding))
        return None


def _cases(
    fact: Literal, others: tuple[Literal, ...], action: Action, effect: Effect
) -> Iterator[Case]:
    """The ways in which the effect makes the fact hold while the others hold as well."""
    first = _fires(action, effect, fact, {})
    if first is None:
        return
    binding, claim = first
    kept = _to_keep(fact)
    yield Case(action, binding, (claim, *((other, {}) for other in others)), kept + others)
    for other in others:
        for another in action.effects:
            if another.positive is other.positive:
                second = _fires(action, another, other, binding)
                if second is not None:
                    yield Case(action, second[0], (claim, second[1]), kept + _to_keep(other))


def _to_keep(made: Literal) -> tuple[Literal, ...]:
    """An atom set true and false at once ends up true: only a negated fact can be undone."""
    return () if made.positive else (made,)


def _fires(
    action: Action, effect: Effect, fact: Literal, binding: Binding
) -> tuple[Binding, Claim] | None:
    """What it takes for the effect to set the fact: parameters and a condition. None: it cannot."""
    ranges = dict(action.parameters + effect.variables)
    matched = match(effect.atom, fact.atom, ranges, binding)
    if matched is None:
        return None
    own = {name: matched[name] for name, _ in effect.variables if name in matched}
    parameters = {name: value for name, value in matched.items() if name not in own}
    open_variables = tuple(each for each in effect.variables if each[0] not in own)
    return parameters, (Exists(open_variables, effect.condition), own)


def _not_undone(action: Action, fact: Literal, binding: Binding) -> Iterator[Claim]:
    """That no effect sets the opposite; effects that hang on open parameters are left out."""
    for effect in action.effects:
        if effect.positive is not fact.positive:
            fired = _fires(action, effect, fact, binding)
            if fired is not None and fired[0] == binding:
                condition, own = fired[1]
                yield negate(condition), own
