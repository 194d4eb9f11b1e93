"""Which steps of a plan can be kept, and the problem from where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from soundly.core.continuing import Joined, Keep, Rest
from soundly.core.errors import ProblemError, SolverError
from soundly.core.problem import Problem
from soundly.families.planning.execution import Moment, moments
from soundly.families.planning.pddl import (
    Plan,
    Step,
    Task,
    format_atom,
    format_plan,
    format_problem,
    parse_plan,
)
from soundly.families.planning.problems import task_of, texts_of
from soundly.families.planning.resolve import Resolver


def rest_of(problem: Problem, plan: Plan, *, keep: Keep, most: int | None = None) -> Rest:
    """What is left of a planning problem after the steps that are kept of a plan.

    The first step after which the goal holds is the last one kept. The problem that is left has the
    state reached as its initial state; what a plan has cost so far is no part of it.
    """
    task = task_of(problem)
    resolver = Resolver(task)
    kept, moment = _kept(resolver, plan, keep, len(plan) if most is None else most)
    steps = tuple(map(format_atom, kept))
    if resolver.goal.holds(moment.state):
        return Rest(steps, len(plan), None)
    return Rest(steps, len(plan), _from(problem, task, moment, len(kept)))


def joined(rest: Rest, text: str) -> Joined:
    """The kept steps and those of a planner's answer, as an answer.

    Raises `SolverError` for an answer that is no plan.
    """
    try:
        kept, added = parse_plan("\n".join(rest.kept)), parse_plan(text)
    except ProblemError as error:
        raise SolverError(f"what continues the plan is no plan: {error}") from error
    return Joined(f"[PLAN]\n{format_plan((*kept, *added))}[PLAN END]", len(added))


def _kept(resolver: Resolver, plan: Plan, keep: Keep, most: int) -> tuple[Plan, Moment]:
    """The steps that are kept, in the order in which they run, and where they lead."""
    walk = moments(resolver, plan[:most])
    moment = next(walk)
    for after in walk:
        if resolver.goal.holds(moment.state):
            break
        moment = after
    kept = list(plan[: moment.done])
    if keep == "applicable":
        for step, after in _as_they_apply(resolver, moment, plan[moment.done :]):
            if len(kept) == most:
                break
            kept.append(step)
            moment = after
    return tuple(kept), moment


def _as_they_apply(resolver: Resolver, moment: Moment, plan: Plan) -> Iterator[tuple[Step, Moment]]:
    """Steps of a plan, each as soon as it can run, the earliest first, up to the goal."""
    waiting = list(plan)
    while not resolver.goal.holds(moment.state):
        runs = ((step, _after(resolver, moment, step)) for step in waiting)
        step, after = next((pair for pair in runs if pair[1] is not None), ((), None))
        if after is None:
            return
        waiting.remove(step)
        moment = after
        yield step, moment


def _after(resolver: Resolver, moment: Moment, step: Step) -> Moment | None:
    """The moment after one more step; None where it cannot run."""
    action = resolver(step)
    if action is None or action.cost is None or not action.precondition.holds(moment.state):
        return None
    return Moment(action.successor(moment.state), moment.done + 1, moment.cost + action.cost)


def _from(problem: Problem, task: Task, moment: Moment, steps: int) -> Problem:
    text = format_problem(replace(task, init=moment.state))
    statement = {"domain": texts_of(problem)[0], "problem": text}
    name = f"the rest after step {steps}" if steps else "the whole problem"
    return Problem(problem.family, name, statement)
