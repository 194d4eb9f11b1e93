"""Trips that can be made, with a plan hidden in a generated world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.travel.hard import cost_of
from soundly.families.travel.itinerary import itinerary_of
from soundly.families.travel.names import CUISINES, city_names, place_names, region_names
from soundly.families.travel.plan import MEALS, Plan, day_of
from soundly.families.travel.world import (
    BANS,
    ROOM_TYPES,
    ROOM_WISHES,
    RULES,
    Attraction,
    Flight,
    Lodging,
    Query,
    Restaurant,
    Road,
    Trip,
    World,
)

DIAL = Dial(smallest=3, trained=7)
LARGEST = 99
"""A size is a number of days; 3, 5 and 7 days visit 1, 2 and 3 cities, as in TravelPlanner."""

_LODGINGS_A_CITY = 5
_SLACK = (0, 2, 5, 10, 25)
"""Percent of the hidden plan's cost that a budget leaves above it."""


@dataclass(frozen=True, slots=True)
class _Stay:
    """Where the hidden plan sleeps: from the evening of one day to the morning of another."""

    city: str
    arrives: int
    leaves: int


def draw_trip(*, size: int, seed: int) -> tuple[Trip, Plan]:
    """A trip of so many days and a plan for it that keeps every constraint.

    Raises `UsageError` for a size that is not drawn.
    """
    rng = random_for("solvable", size, seed)
    wishes = _wishes(rng, days=size)
    regions, names = region_names(rng), city_names(rng)
    cities = [(next(names), regions[0])]
    cities += [(next(names), regions[1]) for _ in range(wishes.cities + rng.randint(1, 2))]
    visited = rng.sample([city for city, _ in cities[1:]], wishes.cities)
    destination = visited[0] if wishes.cities == 1 else regions[1]
    query = replace(wishes, start=cities[0][0], destination=destination)
    stays = _stays(rng, visited, days=size)
    modes = _modes(rng, query, legs=len(stays) + 1)
    world = World(
        tuple(cities),
        *_ways(rng, query, [city for city, _ in cities], stays, modes),
        _lodgings(rng, query, cities, stays),
        _restaurants(rng, query, cities, stays),
        _attractions(rng, cities, stays),
    )
    return _with_plan(rng, Trip(query, world), stays, modes)


def random_for(purpose: str, size: int, seed: int) -> Random:
    """The generator of random numbers for one drawing; raises `UsageError` for a bad size."""
    if not DIAL.smallest <= size <= LARGEST:
        raise UsageError(f"{size} days came, wanted {DIAL.smallest} to {LARGEST}")
    return Random(f"travel {purpose} {size} {seed}")  # noqa: S311 - puzzles, no secrets


def _wishes(rng: Random, *, days: int) -> Query:
    """What is asked for beside the budget: nothing, one wish, or three of the four."""
    wished = rng.sample(("rule", "room type", "cuisine", "ban"), rng.choice((0, 1, 3)))
    cuisines = tuple(sorted(rng.sample(CUISINES, rng.randint(1, 3))))
    return Query(
        days=days,
        start="",
        destination="",
        cities=(days - 1) // 2,
        people=rng.choice((1, 2, 2, 3, 4, 6)),
        budget=0,
        rule=rng.choice(RULES) if "rule" in wished else None,
        room_type=rng.choice(ROOM_WISHES) if "room type" in wished else None,
        cuisines=cuisines if "cuisine" in wished else (),
        ban=rng.choice(BANS) if "ban" in wished else None,
    )


def _stays(rng: Random, cities: list[str], *, days: int) -> list[_Stay]:
    """The cities in turn, one night in each at least."""
    moves = [1, *sorted(rng.sample(range(2, days), len(cities) - 1)), days]
    return [_Stay(city, moves[place], moves[place + 1]) for place, city in enumerate(cities)]


def _modes(rng: Random, query: Query, *, legs: int) -> list[str]:
    """How the hidden plan travels: by one's own car throughout, or by flights and taxis."""
    if query.ban == "no flight":
        return ["taxi"] * legs if rng.random() < 0.5 else ["self-driving"] * legs
    if query.ban != "no self-driving" and rng.random() < 0.4:
        return ["self-driving"] * legs
    return [rng.choice(("flight", "flight", "taxi")) for _ in range(legs)]


def _legs(query: Query, stays: list[_Stay]) -> list[tuple[int, str, str]]:
    """The days of travel with their two ends."""
    places = [query.start, *(stay.city for stay in stays), query.start]
    days = [*(stay.arrives for stay in stays), stays[-1].leaves]
    return [(day, places[at], places[at + 1]) for at, day in enumerate(days)]


def _ways(
    rng: Random, query: Query, cities: list[str], stays: list[_Stay], modes: list[str]
) -> tuple[tuple[Flight, ...], tuple[Road, ...]]:
    """Flights and roads: some anywhere, and all that the hidden plan takes."""
    wanted = dict(zip(_legs(query, stays), modes, strict=True))
    driven = {frozenset(leg[1:]) for leg, mode in wanted.items() if mode != "flight"}
    flown = {leg for leg, mode in wanted.items() if mode == "flight"}
    pairs = [(a, b) for place, a in enumerate(cities) for b in cities[place + 1 :]]
    distance = {frozenset(pair): rng.randint(60, 900) for pair in pairs}
    roads = [
        Road(*pair, km * 3 // 4, km, max(1, km // 20), km)
        for pair in pairs
        if rng.random() < 0.7 or frozenset(pair) in driven
        for km in [distance[frozenset(pair)]]
    ]
    flights: list[Flight] = []
    for day in range(1, query.days + 1):
        for start, end in (ends for pair in pairs for ends in (pair, pair[::-1])):
            if rng.random() < 1.2 / query.days or (day, start, end) in flown:
                price = distance[frozenset((start, end))] // 4 + rng.randint(20, 200)
                begin = rng.randint(360, 1200)
                departs, arrives = (
                    f"{t // 60:02}:{t % 60:02}" for t in (begin, begin + price // 2)
                )
                number = f"F{1000 + len(flights)}"
                flights.append(Flight(number, day, start, end, departs, arrives, price))
    return tuple(flights), tuple(roads)


def _lodgings(
    rng: Random, query: Query, cities: list[tuple[str, str]], stays: list[_Stay]
) -> tuple[Lodging, ...]:
    """Five in each city but the first; in the plan's cities one at least suits the stay."""
    nights = {stay.city: stay.leaves - stay.arrives for stay in stays}
    names = place_names("lodging", rng)
    found: list[Lodging] = []
    for city, _ in cities[1:]:
        suiting = rng.randrange(_LODGINGS_A_CITY)
        for place in range(_LODGINGS_A_CITY):
            kind = rng.choice(ROOM_TYPES)
            least = rng.choice((1, 1, 2, 2, 3, 4))
            forbids = tuple(rule for rule in RULES if rng.random() < 0.4)
            if place == suiting and city in nights:
                least = min(least, nights[city])
                forbids = tuple(rule for rule in forbids if rule != query.rule)
                wish = query.room_type or kind
                kind = "private room" if wish == "not shared room" else wish
            price = rng.randint(30, 120) * (1 + ROOM_TYPES.index(kind))
            found.append(Lodging(next(names), city, price, kind, least, rng.randint(1, 4), forbids))
    return tuple(found)


def _restaurants(
    rng: Random, query: Query, cities: list[tuple[str, str]], stays: list[_Stay]
) -> tuple[Restaurant, ...]:
    """In each city but the first as many as a stay needs, and a few more.

    Between them the plan's cities serve what was asked for.
    """
    meals = {stay.city: 3 * (stay.leaves - stay.arrives - 1) for stay in stays}
    names = place_names("restaurant", rng)
    found: list[Restaurant] = []
    for city, _ in cities[1:]:
        for _ in range(max(meals.values()) + rng.randint(3, 5)):
            kinds = tuple(sorted(rng.sample(CUISINES, rng.choice((1, 1, 2)))))
            found.append(Restaurant(next(names), city, rng.randint(8, 90), kinds))
    at_hand = [place for place, row in enumerate(found) if row.city in meals]
    places = rng.sample(at_hand, len(query.cuisines))
    for place, kind in zip(places, query.cuisines, strict=True):
        if not any(kind in found[each].cuisines for each in at_hand):
            kinds = tuple(sorted((*found[place].cuisines, kind)))
            found[place] = replace(found[place], cuisines=kinds)
    return tuple(found)


def _attractions(
    rng: Random, cities: list[tuple[str, str]], stays: list[_Stay]
) -> tuple[Attraction, ...]:
    names = place_names("attraction", rng)
    needed = max(stay.leaves - stay.arrives for stay in stays)
    return tuple(
        Attraction(next(names), city)
        for city, _ in cities[1:]
        for _ in range(needed + rng.randint(1, 3))
    )


def _with_plan(rng: Random, trip: Trip, stays: list[_Stay], modes: list[str]) -> tuple[Trip, Plan]:
    """The trip with its budget, and the plan that the budget is measured by."""
    legs = _legs(trip.query, stays)
    days: list[dict[str, str]] = [{"days": str(day + 1)} for day in range(trip.query.days)]
    for (day, start, end), mode in zip(legs, modes, strict=True):
        days[day - 1]["current_city"] = f"from {start} to {end}"
        days[day - 1]["transportation"] = _spelt(trip, mode, day, start, end)
    for stay in stays:
        _fill(rng, trip, stay, days[stay.arrives - 1 : stay.leaves])
    _taste(trip, days)
    plan = tuple(day_of(day) for day in days)
    cost = cost_of(itinerary_of(trip, plan))
    budget = cost + cost * rng.choice(_SLACK) // 100
    return replace(trip, query=replace(trip.query, budget=budget)), plan


def _fill(rng: Random, trip: Trip, stay: _Stay, days: list[dict[str, str]]) -> None:
    """A bed for each night; meals and sights for all days but those of travel; a first dinner."""
    nights = len(days) - 1
    beds = [
        each
        for each in trip.world.lodgings
        if each.city == stay.city and trip.suits(each) and each.minimum_nights <= nights
    ]
    bed = min(beds, key=trip.nightly)
    sparing = sorted(trip.world.restaurants, key=lambda row: row.cost + rng.randint(0, 20))
    tables = (f"{row.name}, {row.city}" for row in sparing if row.city == stay.city)
    sights = (f"{row.name}, {row.city}" for row in trip.world.attractions if row.city == stay.city)
    for at, day in enumerate(days[:-1]):
        day["accommodation"] = f"{bed.name}, {bed.city}"
        if at == 0:
            day["dinner"] = next(tables)
        else:
            day["current_city"] = stay.city
            day["attraction"] = next(sights)
            day.update({meal: next(tables) for meal in MEALS})


def _taste(trip: Trip, days: list[dict[str, str]]) -> None:
    """Each cuisine that was asked for and is not in the plan yet is eaten on a day of travel.

    Where a day has no place left for it, it takes the place of a meal of another kind.
    """
    kinds = {f"{row.name}, {row.city}": row for row in trip.world.restaurants}
    for wanted in trip.query.cuisines:
        eaten = {day[meal] for day in days for meal in MEALS if meal in day}
        if any(wanted in kinds[text].cuisines for text in eaten):
            continue
        day, meal, text = next(_places_to_taste(trip, wanted, days))
        day[meal] = text


def _places_to_taste(
    trip: Trip, wanted: str, days: list[dict[str, str]]
) -> Iterator[tuple[dict[str, str], str, str]]:
    """Days and meals at which a restaurant with this cuisine can be put, free ones first."""
    rows = {f"{row.name}, {row.city}": row for row in trip.world.restaurants}
    asked = frozenset(trip.query.cuisines)
    for free in (True, False):
        for text, row in rows.items():
            for day in days if wanted in row.cuisines else ():
                if not day["current_city"].endswith(row.city):
                    continue
                for meal in MEALS:
                    held = rows[day[meal]].cuisines if meal in day else ()
                    if free != (meal in day) and not asked.intersection(held):
                        yield day, meal, text


def _spelt(trip: Trip, mode: str, day: int, start: str, end: str) -> str:
    if mode != "flight":
        return f"{mode.capitalize()}, from {start} to {end}"
    flight = next(
        each for each in trip.world.flights if (each.start, each.end, each.day) == (start, end, day)
    )
    times = f"Departure Time: {flight.departs}, Arrival Time: {flight.arrives}"
    return f"Flight Number: {flight.number}, from {start} to {end}, {times}"
