"""The kind ``travel-plan``: days that keep thirteen constraints of a trip.

Evidence: ``{"plan": [[["days", "1"], ["current_city", "from A to B"], …], …]}``: for each day its
eight fields in this order: days, current_city, transportation, breakfast, attraction, lunch,
dinner, accommodation; "-" is nothing. `travel_world` says what a statement is.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused
from soundly.kernel.travel_world import Trip, read_trip

_FIELDS = ["days", "current_city", "transportation", "breakfast", "attraction", "lunch", "dinner"]
_FIELDS += ["accommodation"]
_MODES = {"self-driving", "taxi"}


def check_travel_plan(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses a plan that breaks one constraint, or that names what there is not."""
    trip = read_trip(statement)
    (plan,) = fields_of(evidence, "plan")
    days = [_day(day, number) for number, day in enumerate(list_of(plan, "days"), start=1)]
    if len(days) != trip.days:
        raise Refused(f"the plan has {amount(len(days), 'day')}, and the trip takes {trip.days}")
    routes = _routes(trip, days)
    journeys = [
        _journey(trip, day["transportation"], number, route)
        for number, (day, route) in enumerate(zip(days, routes, strict=True), start=1)
    ]
    modes = {mode for mode, _ in journeys if mode}
    if "self-driving" in modes and len(modes) > 1:
        raise Refused("self-driving goes with no flight and no taxi")
    cost = sum(price for _, price in journeys)
    cost += _meals(trip, days, routes)
    _sights(trip, days, routes)
    cost += _nights(trip, days, routes)
    if cost > trip.budget:
        raise Refused(f"the plan costs {cost}, and the budget is {trip.budget}")
    visited = amount(trip.count, "city", "cities")
    return f"{amount(trip.days, 'day')}, {visited}, {cost} of {trip.budget} spent"


def _day(day: object, number: int) -> dict[str, str]:
    pairs = [pair for pair in list_of(day, "fields of a day") if isinstance(pair, list)]
    if [pair[0] for pair in pairs if len(pair) == 2 and isinstance(pair[1], str)] != _FIELDS:
        raise Refused(f"day {number} has not the eight fields in their order")
    fields = {str(pair[0]): str(pair[1]) for pair in pairs}
    if len(list_of(day, "fields of a day")) != len(_FIELDS) or fields["days"] != str(number):
        raise Refused(f"day {number} is numbered otherwise, or has a field too many")
    return fields


def _routes(trip: Trip, days: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Where each day begins and ends: one round from home, each city entered once."""
    place, entered, routes = trip.start, [trip.start], []
    for number, day in enumerate(days, start=1):
        city = day["current_city"]
        if city[:5] in ("from ", "From "):
            start, link, end = city[5:].partition(" to ")
            if not link or start != place or end == place:
                raise Refused(f"day {number} does not travel on from {place}")
            if end in entered and not (number == trip.days and end == trip.start):
                raise Refused(f"day {number} enters {end:.60} again")
            entered.append(end)
        elif city != place or number in (1, trip.days):
            raise Refused(f"day {number} is not spent in {place}, or should be one of travel")
        else:
            start = end = place
        if number < trip.days and end not in trip.candidates:
            raise Refused(f"{end:.60} is no city to visit on this trip")
        routes.append((start, end))
        place = end
    if place != trip.start or len(entered) != trip.count + 2:
        wanted = amount(trip.count, "city", "cities")
        raise Refused(f"the trip has to visit {wanted} and end in {trip.start}")
    return routes


def _journey(trip: Trip, text: str, day: int, route: tuple[str, str]) -> tuple[str, int]:
    """The mode of a day's journey and what it costs; nothing on a day without one."""
    if route[0] == route[1]:
        if text != "-":
            raise Refused(f"day {day} travels nowhere, and has a journey")
        return "", 0
    head, *parts = text.split(", ")
    mode = head.lower() if head.isascii() else ""
    if mode.startswith("flight number: "):
        ends, price, said = trip.flights.get((head[15:], day), (("", ""), 0, {}))
        mode = "flight"
    elif mode in _MODES and (mode, *route) in trip.roads:
        ends, (price, said) = route, trip.roads[mode, *route]
    else:
        raise Refused(f"day {day} travels by what there is not: {text:.80}")
    link = f"rom {route[0]} to {route[1]}"
    if ends != route or not parts or parts[0] not in (f"f{link}", f"F{link}"):
        raise Refused(f"day {day} travels from {route[0]} to {route[1]}, and not so: {text:.80}")
    for part in parts[1:]:
        key, _, value = part.partition(": ")
        if said.get(key) != value:
            raise Refused(f"day {day} says {part!r:.60} of its journey, which is not so")
    if trip.ban == f"no {mode}":
        raise Refused(f"day {day} travels by {mode}, which was ruled out")
    return mode, price


def _meals(trip: Trip, days: list[dict[str, str]], routes: list[tuple[str, str]]) -> int:
    eaten: list[tuple[str, str]] = []
    for day, route in zip(days, routes, strict=True):
        for meal in ("breakfast", "lunch", "dinner"):
            if day[meal] != "-":
                eaten.append(_place(day[meal], route))
            elif route[0] == route[1]:
                raise Refused(f"day {day['days']} is spent in {route[0]} without {meal}")
    if len(set(eaten)) != len(eaten):
        raise Refused("a restaurant is visited twice")
    if unknown := [place for place in eaten if place not in trip.tables]:
        raise Refused(f"there is no restaurant {unknown[0][0]:.60} in {unknown[0][1]}")
    tasted = [trip.tables[place][1] for place in eaten if place[1] != trip.start]
    if missing := trip.cuisines.difference(*tasted):
        raise Refused(f"no meal is {min(missing)}")
    return sum(trip.tables[place][0] for place in eaten)


def _sights(trip: Trip, days: list[dict[str, str]], routes: list[tuple[str, str]]) -> None:
    seen: list[tuple[str, str]] = []
    for day, route in zip(days, routes, strict=True):
        text = day["attraction"].removesuffix(";")
        if text != "-":
            seen += [_place(piece.strip(" "), route) for piece in text.split(";")]
        elif route[0] == route[1]:
            raise Refused(f"day {day['days']} is spent in {route[0]} without an attraction")
    if len(set(seen)) != len(seen) or not trip.sights.issuperset(seen):
        raise Refused("an attraction is visited twice, or is none")


def _nights(trip: Trip, days: list[dict[str, str]], routes: list[tuple[str, str]]) -> int:
    beds = [
        None if day["accommodation"] == "-" else _place(day["accommodation"], route[1:])
        for day, route in zip(days, routes, strict=True)
    ]
    if None in beds[:-1]:
        raise Refused(f"there is no bed for night {beds.index(None) + 1}")
    cost = 0
    for bed, group in groupby(bed for bed in beds if bed):
        nights = len(list(group))
        if bed not in trip.beds:
            raise Refused(f"there is no lodging {bed[0]:.60} in {bed[1]}")
        price, least, suits = trip.beds[bed]
        if nights < least or not suits:
            raise Refused(f"{bed[0]} does not suit, or not for {nights} nights")
        cost += price * nights
    return cost


def _place(text: str, here: tuple[str, ...]) -> tuple[str, str]:
    name, _, city = text.partition(", ")
    if city not in here:
        raise Refused(f"{text!r:.80} is no place in {' or '.join(here)}")
    return name, city
