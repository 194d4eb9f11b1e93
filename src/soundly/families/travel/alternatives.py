"""What would do instead: the hints that critiques give."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from soundly.families.travel.plan import MEALS
from soundly.families.travel.world import Lodging, Place, Trip

_LONGEST = 60


def lodging_instead(trip: Trip, city: str, nights: int) -> Lodging | None:
    """The cheapest lodging in a city that meets every wish and takes so few nights."""
    fitting = [
        each
        for each in trip.world.lodgings
        if each.city == city and each.minimum_nights <= nights and trip.suits(each)
    ]
    return min(fitting, key=trip.nightly, default=None)


def lodging_hint(trip: Trip, city: str, nights: int) -> str | None:
    """That lodging as a hint."""
    lodging = lodging_instead(trip, city, nights)
    return f"{lodging.name}, {city} fits, for {trip.nightly(lodging)} a night" if lodging else None


def journey_hint(trip: Trip, start: str, end: str, day: int) -> str | None:
    """How one gets from one city to another on a day, bans minded."""
    ban = trip.query.ban
    ways = [
        f"Flight Number: {flight.number}"
        for flight in trip.world.flights
        if (flight.start, flight.end, flight.day) == (start, end, day) and ban != "no flight"
    ]
    if (start, end) in trip.roads:
        ways += ["Taxi"] if ban == "no self-driving" else ["Self-driving", "Taxi"]
    return f"there are {', '.join(ways)}, from {start} to {end}" if ways else None


def name_hint(rows: Iterable[Place], name: str, city: str) -> str | None:
    """A name nearly as written, or the city in which a place of this name is."""
    listed = list(rows)
    elsewhere = next((row for row in listed if row.name == name), None)
    if elsewhere is not None:
        return f"{name} is in {elsewhere.city}"
    names = [row.name for row in listed if row.city == city]
    near = get_close_matches(name[:_LONGEST], names, n=1, cutoff=0.75)
    return f"there is {near[0]}, {city}" if near else None


def unused_hint(rows: Iterable[Place], city: str, used: Iterable[str]) -> str | None:
    """A place in a city that is not in use yet."""
    taken = frozenset(used)
    free = next((row.name for row in rows if row.city == city and row.name not in taken), None)
    return f"{free}, {city} is not in the plan yet" if free else None


def rows_of(trip: Trip, field: str) -> tuple[Place, ...]:
    """The table that a field of a plan names places from."""
    tables: dict[str, tuple[Place, ...]] = {
        "accommodation": trip.world.lodgings,
        "attraction": trip.world.attractions,
    }
    return trip.world.restaurants if field in MEALS else tables[field]
