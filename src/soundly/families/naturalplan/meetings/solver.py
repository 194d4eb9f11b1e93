"""A plan that meets the most friends, and the table that shows that no more can be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import anyio.to_thread

from soundly.core.certificate import Certificate, certify
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.naturalplan.clock import clock
from soundly.families.naturalplan.meetings.critic import Plan
from soundly.families.naturalplan.meetings.day import NAME, Day, day_of
from soundly.families.naturalplan.meetings.reading import Step, format_plan
from soundly.families.naturalplan.meetings.table import MAX_STATES, table_of


@dataclass(frozen=True, slots=True)
class MeetingSolver:
    """Dynamic programming over the sets of friends; a dozen of them take about a second."""

    name: str = "meeting-table"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A best plan, or a proof that the goal cannot be met; gives up where the table is huge."""
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} plans meetings, and {problem.name!r} has none")
        day = day_of(problem)
        table = await anyio.to_thread.run_sync(table_of, problem)
        if table is None:
            return SolverGaveUp(f"more than {MAX_STATES} sets of friends can be met")
        if day.wanted is not None and table.most < day.wanted:
            evidence = {"table": table.rows()}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="meeting-table", evidence=evidence)
            )
        return SolverFound(format_plan(list(steps_of(day, table.order()))))


def steps_of(day: Day, order: list[int]) -> Iterator[Step]:
    """The plan that meets these friends in this order, each as early as can be."""
    place, now = day.place, day.time
    yield "start", place, clock(now)
    for number in order:
        friend = day.friends[number]
        for stop in day.route(place, friend.place):
            taken = day.travel[place, stop]
            place, now = stop, now + taken
            yield "travel", stop, str(taken), clock(now)
        if now < friend.begin:
            now = friend.begin
            yield "wait", clock(now)
        start, now = now, now + friend.least
        yield "meet", friend.name, str(friend.least), clock(start), clock(now)


def certify_plan(problem: Problem, plan: Plan) -> Certificate:
    """The plan as evidence, with the table where someone is not met and the most is wanted.

    Where the table would be too large there is none, and the kernel will refuse the plan.
    """
    day = day_of(problem)
    met = {step[1] for step in plan if step[0] == "meet"}
    rows: list[list[int]] = []
    if day.wanted is None and not met.issuperset(friend.name for friend in day.friends):
        table = table_of(problem)
        rows = table.rows() if table is not None else []
    evidence = {"plan": [list(step) for step in plan], "table": rows}
    return certify(problem, claim="solved", kind="meeting-plan", evidence=evidence)
