"""Which sets of cities a trip can begin with: a search over orders, each set and end seen once.

A stay's length is fixed, so the set of the cities behind one says on which day it is; two orders of
the same cities with the same last one can go on in the same ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from soundly.families.naturalplan.trips.trip import Trip

State: TypeAlias = tuple[int, int]
"""Cities visited, bit i for the i-th one, and the last of them."""

MAX_STATES = 100_000


@dataclass(frozen=True, slots=True)
class Table:
    """What can begin a trip, and what came before it; ``complete`` are those with all cities."""

    before: Mapping[State, State | None]
    complete: tuple[State, ...]

    def rows(self) -> list[list[int]]:
        """The table as the kernel reads it."""
        return [list(state) for state in sorted(self.before)]

    def order(self) -> list[int] | None:
        """The numbers of the cities in an order that works; None where there is none."""
        at: State | None = next(iter(self.complete), None)
        if at is None:
            return None
        numbers: list[int] = []
        while at is not None:
            numbers.append(at[1])
            at = self.before[at]
        return numbers[::-1]


def adds_up(trip: Trip) -> bool:
    """Whether the stays, a day shared between each two, take all of the days."""
    return sum(trip.stays.values()) - len(trip.stays) + 1 == trip.days


def build(trip: Trip) -> Table | None:
    """The table of a trip; None where it would have more than `MAX_STATES` rows."""
    cities = list(trip.stays)
    before: dict[State, State | None] = {}
    frontier: dict[State | None, int] = {None: 1} if adds_up(trip) else {}
    while frontier:
        following: dict[State | None, int] = {}
        for state, today in frontier.items():
            visited, last = state or (0, -1)
            for number, city in enumerate(cities):
                if visited >> number & 1 or not trip.fits(city, today):
                    continue
                if state is None or (cities[last], city) in trip.flights:
                    reached = (visited | 1 << number, number)
                    following[reached] = today + trip.stays[city] - 1
                    before.setdefault(reached, state)
        if len(before) > MAX_STATES:
            return None
        frontier = following
    full = (1 << len(cities)) - 1
    return Table(before, tuple(state for state in before if state[0] == full))
