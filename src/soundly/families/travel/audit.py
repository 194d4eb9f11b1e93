"""What the critic is tried with: right plans with one or two edits."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from soundly.families.travel.plan import FIELDS, MEALS, NOTHING, UNCLEAR, Plan
from soundly.families.travel.world import Place, Trip

_Days: TypeAlias = list[list[tuple[str, str]]]

_ODD_TEXTS = (
    NOTHING,
    "TBD",
    "Taxi",
    "²",
    "A, B or C, D",
    "9" * 40,
    "from to",
    ";",
    "[NO SOLUTION]",
)


def near_miss(plan: Plan, trip: Trip, rng: Random) -> Plan:
    """The plan after one or two edits. It may still be right."""
    days = [list(day) for day in plan]
    for _ in range(rng.choice((1, 1, 2))):
        if days:
            rng.choice(_EDITS)(days, trip, rng)
    return tuple(map(tuple, days))


def _put(days: _Days, day: int, field: str, text: str) -> None:
    days[day] = [(key, text if key == field else old) for key, old in days[day]]


def _get(days: _Days, day: int, field: str) -> str:
    return next((text for key, text in days[day] if key == field), NOTHING)


def _another_place(days: _Days, trip: Trip, rng: Random) -> None:
    """Another restaurant, attraction or lodging, of any city or of the same."""
    field = rng.choice((*MEALS, "attraction", "accommodation"))
    tables: dict[str, tuple[Place, ...]] = {
        "attraction": trip.world.attractions,
        "accommodation": trip.world.lodgings,
    }
    day = rng.randrange(len(days))
    rows = tables.get(field, trip.world.restaurants)
    same = [row for row in rows if _get(days, day, "current_city").endswith(row.city)]
    listed = rng.choice((same, rows)) or rows
    if listed:
        row = rng.choice(listed)
        _put(days, day, field, f"{row.name}, {row.city}")


def _another_bed_throughout(days: _Days, trip: Trip, rng: Random) -> None:
    old = _get(days, rng.randrange(len(days)), "accommodation")
    beds = [row for row in trip.world.lodgings if old.endswith(f", {row.city}")]
    if beds:
        row = rng.choice(beds)
        for day in range(len(days)):
            if _get(days, day, "accommodation") == old:
                _put(days, day, "accommodation", f"{row.name}, {row.city}")


def _exchanged(days: _Days, trip: Trip, rng: Random) -> None:  # noqa: ARG001
    """Two fields change their texts: two meals of a day, or one field of two days."""
    first, second = rng.randrange(len(days)), rng.randrange(len(days))
    if rng.random() < 0.5:
        second, fields = first, rng.sample(MEALS, 2)
    else:
        fields = [rng.choice(FIELDS)] * 2
    texts = _get(days, first, fields[0]), _get(days, second, fields[1])
    _put(days, first, fields[0], texts[1])
    _put(days, second, fields[1], texts[0])


def _left_out(days: _Days, trip: Trip, rng: Random) -> None:  # noqa: ARG001
    day = rng.randrange(len(days))
    if rng.random() < 0.7:
        _put(days, day, rng.choice(FIELDS), NOTHING)
    elif rng.random() < 0.5:
        field = rng.choice(FIELDS)
        days[day] = [pair for pair in days[day] if pair[0] != field]
    else:
        del days[day]


def _repeated(days: _Days, trip: Trip, rng: Random) -> None:  # noqa: ARG001
    day = rng.randrange(len(days))
    if rng.random() < 0.5:
        days.insert(day, days[day])
    elif days[day]:
        days[day] = [*days[day], rng.choice(days[day])]


def _odd(days: _Days, trip: Trip, rng: Random) -> None:  # noqa: ARG001
    day, field = rng.randrange(len(days)), rng.choice(FIELDS)
    text = _get(days, day, field)
    odd = (
        *_ODD_TEXTS,
        f"{text} or so",
        text.lower(),
        text.replace("a", "\u0430"),
        f"{text};{text}",
    )
    if rng.random() < 0.8:
        _put(days, day, field, rng.choice(odd))
    else:
        days[day] = [*days[day], (rng.choice((UNCLEAR, "note")), rng.choice(odd))]


def _another_city(days: _Days, trip: Trip, rng: Random) -> None:
    """One city's name for another's, in one field, or everywhere."""
    old, new = (rng.choice(trip.world.cities)[0] for _ in range(2))
    at = rng.choice([range(len(days)), [rng.randrange(len(days))]])
    field = rng.choice((*FIELDS, None))
    for day in at:
        days[day] = [
            (key, text.replace(old, new) if field in (key, None) else text)
            for key, text in days[day]
        ]


def _another_journey(days: _Days, trip: Trip, rng: Random) -> None:
    """Another way between the same cities, with or without what can be said of it."""
    moving = [day for day in range(len(days)) if _get(days, day, "transportation") != NOTHING]
    if not moving:
        return
    day = rng.choice(moving)
    route = _get(days, day, "current_city")
    ways = [f"{mode}, {route}" for mode in ("Taxi", "Self-driving", "taxi", "Bus")]
    for row in trip.world.flights:
        if route == f"from {row.start} to {row.end}":
            ways += [f"Flight Number: {row.number}, {route}"]
            ways += [f"{ways[-1]}, Departure Time: {row.departs}", f"{ways[-1]}, Cost: {row.price}"]
    for road in trip.world.roads:
        if {road.first, road.second} <= {*route.split(" ")}:
            ways += [f"Taxi, {route}, Duration: {road.minutes} minutes, Cost: {road.taxi}"]
            ways += [f"Self-driving, {route}, Distance: {road.kilometres} km, Cost: {road.taxi}"]
    _put(days, day, "transportation", rng.choice(ways))


def _another_mode_throughout(days: _Days, trip: Trip, rng: Random) -> None:  # noqa: ARG001
    mode = rng.choice(("Taxi", "Self-driving"))
    for day in range(len(days)):
        if _get(days, day, "transportation") != NOTHING:
            _put(days, day, "transportation", f"{mode}, {_get(days, day, 'current_city')}")


def _days_exchanged(days: _Days, trip: Trip, rng: Random) -> None:  # noqa: ARG001
    """Two days change places, all but their numbers."""
    first, second = rng.randrange(len(days)), rng.randrange(len(days))
    numbers = _get(days, first, "days"), _get(days, second, "days")
    days[first], days[second] = days[second], days[first]
    _put(days, first, "days", numbers[0])
    _put(days, second, "days", numbers[1])


def _another_table(days: _Days, trip: Trip, rng: Random) -> None:
    """Another restaurant of the same city, for one meal."""
    day, meal = rng.randrange(len(days)), rng.choice(MEALS)
    old = _get(days, day, meal)
    rows = [row for row in trip.world.restaurants if old.endswith(f", {row.city}")]
    if rows:
        row = rng.choice(rows)
        _put(days, day, meal, f"{row.name}, {row.city}")


def _more_sights(days: _Days, trip: Trip, rng: Random) -> None:
    if trip.world.attractions:
        day, row = rng.randrange(len(days)), rng.choice(trip.world.attractions)
        here = [r for r in trip.world.attractions if _get(days, day, "current_city") == r.city]
        row = rng.choice([row, *here])
        old = _get(days, day, "attraction").removeprefix(NOTHING)
        _put(days, day, "attraction", f"{old};{row.name}, {row.city};".removeprefix(";"))


_EDITS: tuple[Callable[[_Days, Trip, Random], None], ...] = (
    _another_place,
    _another_table,
    _another_mode_throughout,
    _days_exchanged,
    _another_bed_throughout,
    _exchanged,
    _left_out,
    _repeated,
    _odd,
    _another_city,
    _another_journey,
    _more_sights,
)
