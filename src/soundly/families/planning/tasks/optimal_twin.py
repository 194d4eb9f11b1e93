"""Least cost by the textbook: every state in the order of its cost, on sets, nothing shared."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count, product

from soundly.core.problem import Problem
from soundly.families.planning import naive
from soundly.families.planning.pddl import Atom, Effect, Increase, Plan, Step, Task, Together
from soundly.families.planning.problems import task_of


def is_optimal(problem: Problem, plan: Plan) -> bool:
    """Whether the plan is valid and costs what the cheapest one costs.

    Tries every state that is nearer than the goal, and in each every way to name an action: for
    a few objects and some hundreds of states. The least cost of a problem is remembered.
    """
    task = task_of(problem)
    return naive.solves(task, plan) and sum(
        (_cost(task, step) for step in plan), Fraction(0)
    ) == _least(problem)


@lru_cache(maxsize=64)
def _least(problem: Problem) -> Fraction | None:
    """The cost of the cheapest plan; None where there is no plan."""
    task = task_of(problem)
    steps = [
        (name, *objects)
        for name, action in task.domain.actions.items()
        for objects in product(*(naive.members(task, p) for p in action.parameters))
    ]
    order = count()
    queue = [(Fraction(0), next(order), task.init)]
    done: set[naive.State] = set()
    while queue:
        cost, _, state = heappop(queue)
        if naive.holds(task, state, task.goal, {}):
            return cost
        if state not in done:
            done.add(state)
            for step in steps:
                if naive.can_run(task, state, step):
                    after = naive.successor(task, state, step)
                    heappush(queue, (cost + _cost(task, step), next(order), after))
    return None


def _cost(task: Task, step: Step) -> Fraction:
    if not task.minimizes_cost:
        return Fraction(1)
    return _amount(task, task.domain.actions[step[0]].effect, naive.bind(task, step))


def _amount(task: Task, effect: Effect, binding: naive.Binding) -> Fraction:
    match effect:
        case Increase(Atom() as function):
            return task.values[naive.ground(function, binding)]
        case Increase(Fraction() as amount):
            return amount
        case Together(operands):
            return sum((_amount(task, part, binding) for part in operands), Fraction(0))
    return Fraction(0)
