"""The kind ``travel-infeasible``: a trip that no plan can make, by counting and adding up.

Whatever the plan, a trip of D days to k cities has k + 1 days of travel, D - 1 nights in cities to
visit, of which at most D - k in one, and D - k - 1 days without travel, each with an attraction and
three meals in restaurants that are all different. Evidence names what is too little, in
``{"lacking": "budget", "least": {"journeys": 300, "nights": 420, "meals": 130}}``, and what each
part costs at least; for other lacks ``least`` is an empty object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soundly.kernel.evidence import fields_of
from soundly.kernel.refused import Refused
from soundly.kernel.travel_world import Trip, read_trip

LACKS: Mapping[str, str] = {
    "lodging": "too few cities have a lodging that meets every wish",
    "journey": "there is no way to leave on the first day, to travel between, or to come back",
    "cuisine": "a cuisine that was asked for is served in no city to visit",
    "meals": "there are too few restaurants for the days without travel",
    "attractions": "there are too few attractions for the days without travel",
    "budget": "the cheapest parts together cost more than the budget",
}


@dataclass(frozen=True, slots=True)
class Least:
    """What the parts of any plan cost at least, for all travellers."""

    journeys: int
    nights: int
    meals: int

    @property
    def total(self) -> int:
        """All three together."""
        return self.journeys + self.nights + self.meals


def check_travel_infeasible(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless exactly what the evidence names is lacking, and its figures are right."""
    trip = read_trip(statement)
    lacking, least = fields_of(evidence, "lacking", "least")
    found = lack_of(trip)
    if found is None:
        raise Refused("counting and adding up do not show that this trip cannot be made")
    name, parts = found
    figures = (
        {}
        if parts is None
        else {"journeys": parts.journeys, "nights": parts.nights, "meals": parts.meals}
    )
    if lacking != name or least != figures or not _whole(least):
        raise Refused(f"what is lacking is {name}, with {figures}, and not {lacking!r:.40}")
    if parts is not None:
        return f"any plan costs {parts.total} at least, and the budget is {trip.budget}"
    return LACKS[name]


def lack_of(trip: Trip) -> tuple[str, Least | None] | None:
    """The first of `LACKS` that is shown, with the figures of a budget; None where none is."""
    full = trip.days - trip.count - 1
    tables = [kinds for (_, city), (_, kinds) in trip.tables.items() if city in trip.candidates]
    least = least_cost(trip)
    if len(_cheapest_beds(trip)) < trip.count:
        return "lodging", None
    if trip.cuisines.difference(*tables):
        return "cuisine", None
    if len(tables) < 3 * full:
        return "meals", None
    if sum(city in trip.candidates for _, city in trip.sights) < full:
        return "attractions", None
    if least is None:
        return "journey", None
    return ("budget", least) if least.total > trip.budget else None


def least_cost(trip: Trip) -> Least | None:
    """What any plan costs at least; None where a journey or a bed that is needed is not there."""
    full = trip.days - trip.count - 1
    beds, journeys = _cheapest_beds(trip), _cheapest_journeys(trip)
    if len(beds) < trip.count or journeys is None:
        return None
    meals = sorted(p for (_, city), (p, _) in trip.tables.items() if city in trip.candidates)
    return Least(journeys, _cheapest_nights(trip, beds), sum(meals[: 3 * full]))


def _cheapest_beds(trip: Trip) -> dict[str, int]:
    """For each city to visit that has a bed which suits: the price of the cheapest."""
    longest = trip.days - trip.count
    cheapest: dict[str, int] = {}
    for (_, city), (price, nights, suits) in trip.beds.items():
        if suits and nights <= longest and city in trip.candidates:
            cheapest[city] = min(price, cheapest.get(city, price))
    return cheapest


def _cheapest_nights(trip: Trip, beds: Mapping[str, int]) -> int:
    """One night in each of as many of the cheapest cities, and all others in the cheapest one."""
    prices = sorted(beds.values())[: trip.count]
    return sum(prices) + prices[0] * (trip.days - 1 - trip.count)


def _cheapest_journeys(trip: Trip) -> int | None:
    """The cheapest way out, back and between, in one's own car or without; None without any."""
    ways = [
        _way_out_and_back(trip, [leg for leg in _legs(trip) if (leg[0] == "self-driving") == own])
        for own in (True, False)
    ]
    return min((way for way in ways if way is not None), default=None)


def _way_out_and_back(trip: Trip, legs: list[tuple[str, int, str, str, int]]) -> int | None:
    """The cheapest leg of each of the three kinds, as often as it is needed; day 0 is any day."""
    home, cities = trip.start, trip.candidates
    out = [p for _, day, a, b, p in legs if day in (0, 1) and a == home and b in cities]
    back = [p for _, day, a, b, p in legs if day in (0, trip.days) and a in cities and b == home]
    between = [
        price
        for _, day, a, b, price in legs
        if (day == 0 or 1 < day < trip.days) and a in cities and b in cities
    ]
    if not out or not back or (trip.count > 1 and not between):
        return None
    return min(out) + min(back) + (trip.count - 1) * min(between, default=0)


def _legs(trip: Trip) -> Iterator[tuple[str, int, str, str, int]]:
    """Mode, day, ends and price of all journeys that are not ruled out."""
    for (_, day), (ends, price, _) in trip.flights.items():
        if trip.ban != "no flight":
            yield "flight", day, *ends, price
    for (mode, start, end), (price, _) in trip.roads.items():
        if trip.ban != f"no {mode}":
            yield mode, 0, start, end, price


def _whole(least: object) -> bool:
    """Whether all figures are whole numbers: to Python, 1 is equal to 1.0 and to True."""
    return isinstance(least, dict) and all(type(each) is int for each in least.values())
