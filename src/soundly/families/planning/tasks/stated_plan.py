"""Problems that state a plan and ask about it, instead of asking for one."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.planning.canonical import canonical_form
from soundly.families.planning.pddl import (
    And,
    Plan,
    Signature,
    TypedName,
    format_atom,
    format_plan,
    parse_plan,
)
from soundly.families.planning.problems import PARSED_PROBLEMS_KEPT, task_of, texts_of
from soundly.families.planning.resolve import Resolver


def state_plan(problem: Problem, plan: Plan, *, family: str, asked: str) -> Problem:
    """The planning problem with a plan for it, and what is ``asked``: the statement's "task".

    Raises `ProblemError` for a plan with a step that names no action of the problem.
    """
    domain, text = texts_of(problem)
    statement = {"domain": domain, "problem": text, "plan": format_plan(plan), "task": asked}
    stated = Problem(family, problem.name, statement)
    plan_in(stated, asked=asked)
    return stated


def plan_in(problem: Problem, *, asked: str) -> Plan:
    """The plan that a problem states; each step names an action with objects that fit.

    Raises `ProblemError` where the statement asks for something else than ``asked``, or where
    its plan is not written one action a line, ``(name argument …)``, in lower case.
    """
    statement = problem.statement
    if statement.get("task") != asked or "plan" not in statement:
        raise ProblemError(
            f"problem {problem.name!r} has the task {statement.get('task')!r:.40}, wanted a "
            f"statement with a plan and the task {asked!r}"
        )
    return _plan(problem)


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _plan(problem: Problem) -> Plan:
    text = problem.statement["plan"]
    plan = parse_plan(text)
    if format_plan(plan) != text:
        raise ProblemError(
            "wanted one action a line such as (pick-up a), in lower case and nothing else",
            source="plan",
        )
    resolver = Resolver(task_of(problem))
    for number, step in enumerate(plan, start=1):
        action = resolver(step)
        if action is None or action.cost is None:
            what = "names no action of the problem" if action is None else "has no stated cost"
            raise ProblemError(f"{format_atom(step)} {what}", line=number, source="plan")
    return plan


def is_well_formed(resolver: Resolver, plan: Plan) -> bool:
    """Whether every step names an action, with objects that fit and a cost that is stated."""
    return all((action := resolver(step)) is not None and action.cost is not None for step in plan)


def canonical_with_plan(problem: Problem, plan: Plan, *, goal: bool) -> str:
    """One spelling for all problems with plans that differ in the names of objects alone.

    The steps stand beside the facts, each with its number. Without ``goal``, problems that
    differ in their goals are the same.
    """
    task = task_of(problem)
    steps = [(f"step-{number}-{step[0]}", *step[1:]) for number, step in enumerate(plan, start=1)]
    predicates = {
        step[0]: Signature(step[0], tuple(TypedName(f"?x{at}") for at in range(len(step) - 1)))
        for step in steps
    }
    domain = replace(task.domain, predicates={**task.domain.predicates, **predicates})
    return canonical_form(
        replace(
            task,
            domain=domain,
            init=task.init | frozenset(steps),
            goal=task.goal if goal else And(()),
        )
    )
