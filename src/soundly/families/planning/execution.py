"""Running a plan on sets of atoms: exact, linear, and open about what happened when."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from soundly.families.planning.pddl.grounding import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from soundly.families.planning.pddl import GroundAction, GroundAtom, Plan
    from soundly.families.planning.resolve import Resolver


@dataclass(slots=True)
class Execution:
    """Where the execution of a plan stands. It changes as the execution goes on.

    ``done`` steps have run; ``cost`` is what they raised total-cost by; ``changed_at`` says, for
    the atoms that were watched, which step (from 1) last changed them.
    """

    state: set[GroundAtom]
    done: int = 0
    cost: Fraction = Fraction(0)
    changed_at: dict[GroundAtom, int] = field(default_factory=dict)


def execute(
    resolver: Resolver, plan: Plan, *, watched: Iterable[GroundAtom] = ()
) -> Iterator[Execution]:
    """The one live execution, once before the first step and once after each step that ran.

    It ends early at the first step that names no action or is not applicable. Time is linear in
    the length of the plan and memory does not grow with it.
    """
    watch = frozenset(watched)
    execution = Execution(set(resolver.task.init))
    yield execution
    for step in plan:
        action = resolver(step)
        if action is None or not applicable(action, execution.state):
            return
        _advance(execution, action, watch)
        yield execution


def finish(resolver: Resolver, plan: Plan, *, watched: Iterable[GroundAtom] = ()) -> Execution:
    """The execution where it ends: after the last step, or before the first that cannot run."""
    for execution in execute(resolver, plan, watched=watched):
        last = execution
    return last


def applicable(action: GroundAction, state: set[GroundAtom]) -> bool:
    """Whether the action may run in this state; one of undefined cost may not."""
    return action.cost is not None and action.precondition.holds(state)


def _advance(execution: Execution, action: GroundAction, watch: frozenset[GroundAtom]) -> None:
    state = execution.state
    before = watch & state if watch else watch
    active = [e for e in action.effects if e.condition is ALWAYS or e.condition.holds(state)]
    for effect in active:
        state -= effect.deletes
    for effect in active:
        state |= effect.adds
    execution.done += 1
    if action.cost:
        execution.cost += action.cost
    if watch:
        for atom in before ^ (watch & state):
            execution.changed_at[atom] = execution.done
