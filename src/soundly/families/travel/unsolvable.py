"""Trips that cannot be made, each for one reason that can be shown by counting and adding up."""

from __future__ import annotations

from dataclasses import replace

from soundly.core.problem import Problem
from soundly.families.travel.draws import draw_trip, random_for
from soundly.families.travel.names import CUISINES
from soundly.families.travel.statement import problem_of
from soundly.families.travel.world import Trip
from soundly.kernel.travel_bound import least_cost
from soundly.kernel.travel_world import read_trip

_REASONS = ("budget", "budget", "lodging", "cuisine", "journey")


def draw_unsolvable(*, size: int, seed: int, name: str) -> Problem:
    """A problem of so many days without a solution; raises `UsageError` for a size not drawn.

    The budget is too small, too few cities have a bed that suits, a cuisine is served nowhere, or
    nothing goes home on the last day.
    """
    rng = random_for("unsolvable", size, seed)
    trip, _ = draw_trip(size=size, seed=rng.randrange(2**32))
    reason = rng.choice(_REASONS)
    if reason == "lodging":
        return problem_of(_without_beds(trip, spared=rng.randrange(trip.query.cities)), name)
    if reason == "cuisine":
        return problem_of(_without_cuisine(trip, rng.choice(CUISINES)), name)
    if reason == "journey":
        return problem_of(_without_return(trip), name)
    least = least_cost(read_trip(problem_of(trip, name).statement))
    if least is None or least.total == 0:
        return problem_of(_without_return(trip), name)
    short = 1 + rng.randrange(max(1, least.total // 10))
    query = replace(trip.query, budget=max(0, least.total - short))
    return problem_of(replace(trip, query=query), name)


def _without_beds(trip: Trip, *, spared: int) -> Trip:
    """Pets are coming along, and only so many cities have a lodging that takes them."""
    kept = sorted(trip.candidates)[:spared]
    lodgings = tuple(
        row
        if row.city in kept or "pets" in row.forbids
        else replace(row, forbids=(*row.forbids, "pets"))
        for row in trip.world.lodgings
    )
    query = replace(trip.query, rule="pets")
    return Trip(query, replace(trip.world, lodgings=lodgings))


def _without_cuisine(trip: Trip, kind: str) -> Trip:
    """One cuisine is asked for, and no city serves it."""
    other = next(each for each in CUISINES if each != kind)
    restaurants = tuple(
        replace(row, cuisines=tuple(each for each in row.cuisines if each != kind) or (other,))
        for row in trip.world.restaurants
    )
    cuisines = tuple(sorted({*trip.query.cuisines, kind}))
    query = replace(trip.query, cuisines=cuisines)
    return Trip(query, replace(trip.world, restaurants=restaurants))


def _without_return(trip: Trip) -> Trip:
    """No road leads home, and no flight on the last day."""
    home, last = trip.query.start, trip.query.days
    world = replace(
        trip.world,
        flights=tuple(row for row in trip.world.flights if (row.end, row.day) != (home, last)),
        roads=tuple(row for row in trip.world.roads if home not in (row.first, row.second)),
    )
    return Trip(trip.query, world)
