"""Trips that are drawn: one hidden among many flights, or none at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.naturalplan.names import CITIES, some_of
from soundly.families.naturalplan.trips.table import build
from soundly.families.naturalplan.trips.trip import Trip, Window

DIAL = Dial(smallest=3, trained=7)
LARGEST = 20
LARGEST_UNSOLVABLE = 12
"""Cities, up to whom a search through all orders ends in about a second."""


def draw_trip(
    *, size: int, seed: int, without: Collection[str] = ()
) -> tuple[Trip, tuple[str, ...]]:
    """A trip through so many cities, and an order in which they can be visited.

    Stays take two to seven days. There are the flights of the hidden order, and as many others as
    there are cities; some go one way only. In about a third of the cities there is something to be
    there for, on each of some days or on one of them. Raises `UsageError` for fewer than three
    cities, or more than twenty.
    """
    if not DIAL.smallest <= size <= LARGEST:
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {LARGEST} cities")
    rng = Random(f"trip {size} {seed}")  # noqa: S311 - instances are not secrets
    order = some_of(CITIES, size, rng, without=without)
    stays = {city: rng.randint(2, 7) for city in sorted(order)}
    ways = list(pairwise(order))
    ways += [(order[a], order[b]) for a, b in (rng.sample(range(size), 2) for _ in order)]
    back = {way[::-1] for way in ways if rng.random() < 0.8}
    windows: list[Window] = []
    today = 1
    for city in order:
        last = today + stays[city] - 1
        if rng.random() < 0.35:
            first, whole = today + rng.randint(0, last - today), rng.random() < 0.5
            end = last if whole else last + rng.randint(0, 3)
            windows.append(Window(city, first, max(first, end), whole))
        today = last
    shuffled = tuple(rng.sample(windows, len(windows)))
    return Trip(today, stays, frozenset(ways) | back, shuffled), tuple(order)


def draw_stranded(*, size: int, seed: int) -> Trip:
    """A trip through so many cities that no order of them allows: flights are taken out until then.

    Raises `UsageError` for more than twelve cities.
    """
    if size > LARGEST_UNSOLVABLE:
        raise UsageError(f"size is {size}, wanted at most {LARGEST_UNSOLVABLE} cities")
    trip, order = draw_trip(size=size, seed=seed)
    rng = Random(f"stranded trip {size} {seed}")  # noqa: S311
    cities = list(trip.stays)
    while True:
        at = rng.randrange(size - 1)
        trip = replace(trip, flights=trip.flights - {(order[at], order[at + 1])})
        table = build(trip)
        found = table.order() if table is not None else None
        if found is None:
            return trip
        order = tuple(cities[number] for number in found)
