"""How an action can make some facts hold together: the cases that an invariant has to exclude.

An action brings the facts together only if it makes one of them hold. So for each fact only the
effects that can set it are looked at; the parameters they leave open are chosen one by one, and
only as long as the case is not excluded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from soundly.kernel.formula import MAX_CHOICES, Binding, Exists, Literal, negate
from soundly.kernel.invariant import Claim
from soundly.kernel.refused import Refused
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

Mutex: TypeAlias = tuple[Literal, ...]
"""Different facts, each possibly negated, that never hold all together."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which an action may bring facts together.

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

    def cases(self, fact: Literal, others: Mutex) -> Iterator[Case]:
        """Every way in which an action makes the fact hold, and the others hold after it as well.

        Each of the others either held before and is kept, or is made to hold by the same action.
        """
        for action, effect in self._setters.get((fact.atom[0], fact.positive), []):
            fired = _fires(action, effect, fact, {})
            if fired is not None:
                binding, claim = fired
                cases = [Case(action, binding, (claim,), _to_keep(fact))]
                for other in others:
                    cases = [extended for case in cases for extended in _extended(case, other)]
                yield from cases

    def possible_step(self, case: Case, excludes: Callable[[list[Claim]], bool]) -> str | None:
        """A ground action for which the case is not excluded; None: there is none.

        ``excludes`` says whether no state that can be reached fits some claims.
        """
        action = case.action
        pending = [case.binding]
        tried = 0
        while pending:
            binding = pending.pop()
            tried += 1
            if tried > MAX_CHOICES:
                raise Refused(
                    f"{step(action, {})} has more than {MAX_CHOICES:,} choices to look at"
                )
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


def _extended(case: Case, other: Literal) -> Iterator[Case]:
    yield replace(case, claims=(*case.claims, (other, {})), kept=(*case.kept, other))
    for effect in case.action.effects:
        if effect.positive is other.positive:
            fired = _fires(case.action, effect, other, case.binding)
            if fired is not None:
                binding, claim = fired
                claims, kept = (*case.claims, claim), case.kept + _to_keep(other)
                yield Case(case.action, binding, claims, kept)


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
