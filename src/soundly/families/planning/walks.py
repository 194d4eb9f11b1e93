"""Worked examples for any domain: a short random walk from the problem's own initial state.

The example shares objects and initial state with the problem that is asked and has another goal:
what a few random actions brought about. So a domain that nobody prepared is still shown one-shot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from random import Random

from soundly.core.problem import Problem
from soundly.families.planning.pddl import (
    Action,
    And,
    Atom,
    Formula,
    GroundAtom,
    Plan,
    Step,
    Task,
    format_problem,
    ground_action,
)
from soundly.families.planning.problems import problem_from_texts, task_of
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.validator import Validator

WALK_STEPS = 4
GOALS = 2
_WALKS_PER_EXAMPLE = 8
_BINDINGS_PER_ACTION = 200


@lru_cache(maxsize=64)
def walk_examples(problem: Problem, count: int) -> Sequence[WorkedExample]:
    """Up to ``count`` examples with valid plans, the same ones for the same problem.

    No step of a plan can be left out. Fewer examples, or none, where random walks lead nowhere
    new or the problem admits no action. An example's goal is never the problem's own.
    """
    task = task_of(problem)
    rng = Random(problem.digest)  # noqa: S311 - the same examples every time
    found: dict[Formula, Plan] = {}
    for _ in range(count * _WALKS_PER_EXAMPLE):
        plan, state = random_walk(task, WALK_STEPS, rng)
        new = sorted(state - task.init)
        if new and len(found) < count:
            wanted = sorted(rng.sample(new, min(GOALS, len(new))))
            goal = And(tuple(Atom(atom[0], atom[1:]) for atom in wanted))
            if goal != task.goal:
                found.setdefault(goal, _without_idle_steps(replace(task, goal=goal), plan))
    return [
        WorkedExample(_example(problem, task, goal, number), plan)
        for number, (goal, plan) in enumerate(found.items(), start=1)
    ]


def random_walk(task: Task, steps: int, rng: Random) -> tuple[Plan, frozenset[GroundAtom]]:
    """A plan that can be carried out, of at most ``steps`` steps, and the state that it leads to.

    It never returns to a state it has been in, and stops early where nothing else can be done.
    """
    state, seen, plan = task.init, {task.init}, []
    for _ in range(steps):
        for step in applicable_steps(task, state, rng):
            after = ground_action(task, step).successor(state)
            if after not in seen:
                break
        else:
            break
        plan.append(step)
        state = after
        seen.add(state)
    return tuple(plan), state


def _without_idle_steps(task: Task, plan: Plan) -> Plan:
    """The plan after every step is dropped that it can do without, the last ones first."""
    validator = Validator(task)
    for position in reversed(range(len(plan))):
        shorter = (*plan[:position], *plan[position + 1 :])
        if validator.check(shorter).accepted:
            plan = shorter
    return plan


def applicable_steps(task: Task, state: AbstractSet[GroundAtom], rng: Random) -> Iterator[Step]:
    """Steps that can be taken, in random order; not all of them where there are very many."""
    names = list(task.domain.actions)
    rng.shuffle(names)
    for name in names:
        action = task.domain.actions[name]
        steps = list(islice(_bound(task, action, state, rng), _BINDINGS_PER_ACTION))
        rng.shuffle(steps)
        for step in steps:
            ground = ground_action(task, step)
            if ground.cost is not None and ground.precondition.holds(state):
                yield step


def _bound(
    task: Task, action: Action, state: AbstractSet[GroundAtom], rng: Random
) -> Iterator[Step]:
    """Bindings of the parameters under which the atoms that an action needs are in the state."""
    needed = [part for part in _parts(action) if isinstance(part, Atom)]
    facts = sorted(state)
    rng.shuffle(facts)

    def extend(binding: dict[str, str], pending: list[Atom]) -> Iterator[dict[str, str]]:
        if pending:
            for fact in facts:
                wider = _matched(pending[0], fact, binding)
                if wider is not None:
                    yield from extend(wider, pending[1:])
            return
        missing = [p for p in action.parameters if p.name not in binding]
        if not missing:
            yield binding
            return
        choices = list(task.objects_of(missing[0].types))
        rng.shuffle(choices)
        for choice in choices:
            yield from extend({**binding, missing[0].name: choice}, [])

    for binding in extend({}, needed):
        if all(task.belongs(binding[p.name], p.types) for p in action.parameters):
            yield (action.name, *(binding[p.name] for p in action.parameters))


def _parts(action: Action) -> tuple[object, ...]:
    precondition = action.precondition
    return precondition.operands if isinstance(precondition, And) else (precondition,)


def _matched(atom: Atom, fact: GroundAtom, binding: dict[str, str]) -> dict[str, str] | None:
    if fact[0] != atom.predicate:
        return None
    wider = dict(binding)
    for term, value in zip(atom.terms, fact[1:], strict=True):
        if term.startswith("?"):
            if wider.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return wider


def _example(problem: Problem, task: Task, goal: Formula, number: int) -> Problem:
    stated = replace(task, name=f"example-{number}", goal=goal)
    return problem_from_texts(
        problem.statement["domain"], format_problem(stated), family=problem.family
    )
