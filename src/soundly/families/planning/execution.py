"""Running a plan step by step on ground actions, open about states and costs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from soundly.families.planning.pddl import GroundAtom, Plan
    from soundly.families.planning.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an execution stands after ``done`` steps, which raised total-cost by ``cost``."""

    state: frozenset[GroundAtom]
    done: int
    cost: Fraction


def moments(resolver: Resolver, plan: Plan) -> Iterator[Moment]:
    """One moment before the first step and one after each step that runs.

    Ends early at the first step that names no action or is not applicable.
    """
    moment = Moment(resolver.task.init, 0, Fraction(0))
    yield moment
    for step in plan:
        action = resolver(step)
        if action is None or action.cost is None or not action.precondition.holds(moment.state):
            return
        state = action.successor(moment.state)
        moment = Moment(state, moment.done + 1, moment.cost + action.cost)
        yield moment
