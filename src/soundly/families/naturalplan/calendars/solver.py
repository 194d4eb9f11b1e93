"""The first time that everyone has, or what stands in the way of each start."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.certificate import Certificate, certify
from soundly.core.problem import Problem
from soundly.core.solver import SolverAnswer, SolverFound, SolverNotForThis, SolverProved
from soundly.families.naturalplan.calendars.calendar import (
    NAME,
    Calendar,
    Taken,
    calendar_of,
    clashes_before,
)
from soundly.families.naturalplan.calendars.reading import Slot, format_slot
from soundly.families.naturalplan.clock import clock, minutes


@dataclass(frozen=True, slots=True)
class CalendarSolver:
    """One pass over the times that are taken: a mere computation."""

    name: str = "calendar-gaps"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The earliest time, or a proof that there is none."""
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} reads calendars, and {problem.name!r} is none")
        calendar = calendar_of(problem)
        if calendar.gaps:
            day, start, _ = calendar.gaps[0]
            slot = (day, clock(start), clock(start + calendar.length))
            return SolverFound(format_slot(slot))
        last = calendar.closes - calendar.length + 1
        rows = list(map(_row, clashes_before(calendar, calendar.days, last)))
        evidence = {"clashes": rows}
        return SolverProved(
            certify(problem, claim="unsolvable", kind="calendar-clashes", evidence=evidence)
        )


def certify_slot(problem: Problem, slot: Slot) -> Certificate:
    """The time as evidence, with what stands in the way of earlier ones where that matters."""
    calendar = calendar_of(problem)
    rows = list(map(_row, _in_the_way(calendar, slot))) if calendar.earliest else []
    evidence = {"slot": list(slot), "clashes": rows}
    return certify(problem, claim="solved", kind="calendar-slot", evidence=evidence)


def _in_the_way(calendar: Calendar, slot: Slot) -> list[Taken]:
    """What stands in the way of each earlier start; nothing for a slot that is not the earliest."""
    start = minutes(slot[1]) if len(slot) == 3 else None
    if start is None or not calendar.gaps or calendar.gaps[0][:2] != (slot[0], start):
        return []
    days = calendar.days[: calendar.days.index(slot[0]) + 1]
    return clashes_before(calendar, days, start)


def _row(each: Taken) -> list[str]:
    return [each.person, each.day, clock(each.begin), clock(each.until)]
