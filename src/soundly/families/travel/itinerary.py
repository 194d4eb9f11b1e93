"""A plan laid beside the world: what each day names, and what of it there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from soundly.families.travel.plan import (
    MEALS,
    NOTHING,
    Day,
    Leg,
    Named,
    Plan,
    read_leg,
    read_named,
    read_route,
)
from soundly.families.travel.world import Attraction, Lodging, Restaurant, Road, Trip

_Row = TypeVar("_Row", Attraction, Lodging, Restaurant)


@dataclass(frozen=True, slots=True)
class Item(Generic[_Row]):
    """One place in a plan: the field that names it, what it says, and the row, if there is one."""

    field: str
    text: str
    named: Named | None
    row: _Row | None


@dataclass(frozen=True, slots=True)
class Journey:
    """The transportation of a day. ``price`` is None where the world has no such journey."""

    text: str
    leg: Leg | None
    price: int | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """One day. ``start`` and ``end`` are the cities as named, None where none can be read."""

    number: int
    fields: Mapping[str, str]
    start: str | None
    end: str | None
    journey: Journey | None
    meals: tuple[Item[Restaurant], ...]
    attractions: tuple[Item[Attraction], ...]
    lodging: Item[Lodging] | None

    @property
    def moves(self) -> bool:
        """Whether the day is spent travelling from one city to another."""
        return self.start != self.end


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A plan's days as far as the trip has days; ``plan`` is what was read."""

    trip: Trip
    plan: Plan
    visits: tuple[Visit, ...]

    def places(self) -> list[tuple[Visit, Item[Attraction] | Item[Lodging] | Item[Restaurant]]]:
        """Every place that is named, with its day."""
        found: list[tuple[Visit, Item[Attraction] | Item[Lodging] | Item[Restaurant]]] = []
        for visit in self.visits:
            found += [(visit, meal) for meal in visit.meals]
            found += [(visit, attraction) for attraction in visit.attractions]
            found += [(visit, visit.lodging)] if visit.lodging else []
        return found

    def stretches(self) -> list[tuple[Visit, Lodging, int]]:
        """The first day, the lodging and the nights of each unbroken stay in one place."""
        found: list[tuple[Visit, Lodging, int]] = []
        last: Lodging | None = None
        for visit in self.visits:
            row = visit.lodging.row if visit.lodging else None
            if row is not None and row is last:
                first, _, nights = found.pop()
                found.append((first, row, nights + 1))
            elif row is not None:
                found.append((visit, row, 1))
            last = row
        return found


def itinerary_of(trip: Trip, plan: Plan) -> Itinerary:
    """The plan with every name looked up; days beyond those of the trip stay in ``plan`` only."""
    days = plan[: trip.query.days]
    return Itinerary(
        trip, plan, tuple(_visit(trip, day, number) for number, day in enumerate(days, start=1))
    )


def _visit(trip: Trip, day: Day, number: int) -> Visit:
    fields = dict(reversed(day))
    city = fields.get("current_city", NOTHING)
    route = read_route(city) or ((None, None) if city == NOTHING else (city, city))

    def held(field: str) -> str | None:
        text = fields.get(field, NOTHING)
        return None if text == NOTHING else text

    transport = held("transportation")
    lodging = held("accommodation")
    seen = held("attraction")
    pieces = [piece.strip() for piece in seen.split(";")] if seen else []
    if len(pieces) > 1 and not pieces[-1]:
        pieces.pop()
    return Visit(
        number,
        fields,
        route[0],
        route[1],
        _journey(trip, number, transport) if transport else None,
        tuple(
            _item(meal, text, trip.restaurants)
            for meal in MEALS
            if (text := held(meal)) is not None
        ),
        tuple(_item("attraction", piece, trip.attractions) for piece in pieces),
        _item("accommodation", lodging, trip.lodgings) if lodging else None,
    )


def _item(field: str, text: str, rows: Mapping[tuple[str, str], _Row]) -> Item[_Row]:
    named = read_named(text)
    row = rows.get((named.name, named.city)) if named else None
    return Item(field, text, named, row)


def _journey(trip: Trip, day: int, text: str) -> Journey:
    leg = read_leg(text)
    if leg is None:
        return Journey(text, None, None)
    if leg.mode == "flight":
        flight = trip.flights.get((leg.number, day))
        if flight is None or (flight.start, flight.end) != (leg.start, leg.end):
            return Journey(text, leg, None)
        facts = {"Departure Time": flight.departs, "Arrival Time": flight.arrives}
        price = flight.price
    else:
        road = trip.roads.get((leg.start, leg.end))
        if road is None:
            return Journey(text, leg, None)
        price, facts = _by_road(road, leg.mode)
    facts["Cost"] = str(price)
    faults = tuple(
        f"{key[:40]}: {value[:40]}" for key, value in leg.details if facts.get(key) != value
    )
    return Journey(text, leg, price, faults)


def _by_road(road: Road, mode: str) -> tuple[int, dict[str, str]]:
    facts = {"Duration": f"{road.minutes} minutes", "Distance": f"{road.kilometres} km"}
    return (road.self_driving if mode == "self-driving" else road.taxi), facts
