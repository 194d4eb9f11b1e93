"""An order of the cities that works, or the table that shows that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import anyio.to_thread

from soundly.core.certificate import certify
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.naturalplan.trips.reading import Step, format_trip
from soundly.families.naturalplan.trips.table import MAX_STATES, build
from soundly.families.naturalplan.trips.trip import NAME, Trip, trip_of


@dataclass(frozen=True, slots=True)
class TripSolver:
    """A search over orders; a dozen cities with all flights take about a second."""

    name: str = "trip-table"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A trip, or a proof that there is none; gives up where the table is huge."""
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} plans trips, and {problem.name!r} is none")
        trip = trip_of(problem)
        table = await anyio.to_thread.run_sync(build, trip)
        if table is None:
            return SolverGaveUp(f"more than {MAX_STATES} sets of cities can begin a trip")
        order = table.order()
        if order is None:
            evidence = {"table": table.rows()}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="trip-table", evidence=evidence)
            )
        cities = list(trip.stays)
        return SolverFound(format_trip(list(steps_of(trip, [cities[each] for each in order]))))


def steps_of(trip: Trip, order: list[str]) -> Iterator[Step]:
    """The trip through these cities in this order, its flights said."""
    today, before = 1, ""
    for city in order:
        if before:
            yield "fly", str(today), before, city
        days = trip.stays[city]
        yield "stay", str(today), str(today + days - 1), city, str(days)
        today, before = today + days - 1, city
