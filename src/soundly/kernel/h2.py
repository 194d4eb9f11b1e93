"""The kind ``pddl-h2``: pairs of facts that never hold together, which every goal state breaks.

Evidence: ``{"facts": ["(on a b)", "(not (clear c))", …], "pairs": [[0, 1], [2], …]}``: each entry
of ``pairs`` names one or two of the facts by position, and says that they never hold (together).

Three things are checked. No pair holds at the start. No action makes a pair hold, if before it no
pair held; so none ever holds, by induction. And the goal holds in no state where no pair does.
These are mutex invariants in the sense of Haslum and Geffner (2000), with facts that may be
negated (Alcázar and Torralba, 2015), but where they come from is of no interest here.

An action makes a pair hold only if it makes one of the two facts hold. So for each fact of a pair
only the effects that can set it are looked at; the parameters they leave open are chosen one by
one, and only as long as the case is not refuted yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from soundly.kernel.evidence import fields_of, list_of, read_facts
from soundly.kernel.formula import Atom, Binding, Exists, Literal, holds, negate, spell
from soundly.kernel.invariant import Claim, Invariant
from soundly.kernel.pddl import read_task
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

Pair: TypeAlias = tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One way in which an action may make a pair hold.

    It takes at least this binding of the parameters, these claims true before the action, and no
    effect that undoes the facts in ``kept``.
    """

    action: Action
    binding: Binding
    claims: tuple[Claim, ...]
    kept: tuple[Literal, ...]


def check_h2(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the pairs are an invariant that no goal state respects."""
    task = read_task(statement)
    fact_texts, pair_lists = fields_of(evidence, "facts", "pairs")
    facts = read_facts(fact_texts, task, negated=True)
    pairs = [_pair(entry, facts) for entry in list_of(pair_lists, "pairs")]
    for pair in pairs:
        if all(holds(fact, {}, task.init) for fact in pair):
            raise Refused(f"{_show(pair)} holds in the initial state")
    invariant = Invariant(task, pairs)
    _check_closed(task, pairs, invariant)
    if not invariant.excludes([(task.goal, {})]):
        raise Refused("the goal does not contradict the invariant")
    return (
        f"the goal contradicts an invariant of {len(pairs)} pairs of facts that every action keeps"
    )


def _check_closed(task: Task, pairs: list[Pair], invariant: Invariant) -> None:
    setters: dict[tuple[str, bool], list[tuple[Action, Effect]]] = {}
    for action in task.actions.values():
        for effect in action.effects:
            setters.setdefault((effect.atom[0], effect.positive), []).append((action, effect))
    unchanging = {
        predicate: atoms
        for predicate, atoms in by_predicate(task.init, task).items()
        if predicate not in task.fluents
    }
    required = {action.name: required_atoms(action) for action in task.actions.values()}
    for pair in pairs:
        for fact in pair:
            for action, effect in setters.get((fact.atom[0], fact.positive), []):
                for case in _cases(pair, fact, action, effect):
                    open_step = _possible(case, invariant, required[action.name], unchanging)
                    if open_step is not None:
                        raise Refused(
                            f"the invariant is not closed: {open_step} may make {_show(pair)} hold"
                        )


def _cases(pair: Pair, fact: Literal, action: Action, effect: Effect) -> Iterator[_Case]:
    """The ways in which the effect makes the fact hold while the rest of the pair holds as well."""
    first = _fires(action, effect, fact, {})
    if first is None:
        return
    binding, claim = first
    kept = _to_keep(fact)
    if len(pair) == 1:
        yield _Case(action, binding, (claim,), kept)
        return
    other = pair[1] if fact == pair[0] else pair[0]
    yield _Case(action, binding, (claim, (other, {})), (*kept, other))
    for another in action.effects:
        if another.positive is other.positive:
            second = _fires(action, another, other, binding)
            if second is not None:
                yield _Case(action, second[0], (claim, second[1]), kept + _to_keep(other))


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


def _possible(
    case: _Case,
    invariant: Invariant,
    required: list[Atom],
    unchanging: Mapping[str, set[Atom]],
) -> str | None:
    """A ground step for which the case is not excluded, or None where there is none."""
    pending = [case.binding]
    while pending:
        binding = pending.pop()
        claims = [(case.action.precondition, {}), *case.claims]
        for fact in case.kept:
            claims += _not_undone(case.action, fact, binding)
        if invariant.excludes([(formula, {**binding, **own}) for formula, own in claims]):
            continue
        if len(binding) == len(case.action.parameters):
            return step(case.action, binding)
        pending.extend(extensions(case.action, required, unchanging, binding))
    return None


def _pair(entry: object, facts: list[Literal]) -> Pair:
    numbers = list_of(entry, "facts of a pair")
    if not 1 <= len(numbers) <= 2 or len(set(map(str, numbers))) != len(numbers):
        raise Refused(f"{entry} is no list of one or two different facts")
    pair: list[Literal] = []
    for number in numbers:
        if type(number) is not int or not 0 <= number < len(facts):
            raise Refused(f"{number!r} is not the position of a listed fact")
        pair.append(facts[number])
    return tuple(pair)


def _show(pair: Pair) -> str:
    shown = [spell(fact.atom) if fact.positive else f"(not {spell(fact.atom)})" for fact in pair]
    return " with ".join(shown)
