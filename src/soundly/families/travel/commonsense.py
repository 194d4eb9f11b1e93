"""The eight commonsense constraints of TravelPlanner (arXiv:2402.01622, table 1), each located."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from soundly.core.verdict import Critique
from soundly.families.travel.alternatives import (
    journey_hint,
    lodging_hint,
    name_hint,
    rows_of,
    unused_hint,
)
from soundly.families.travel.itinerary import Itinerary, Visit
from soundly.families.travel.plan import FIELDS, MEALS, NOTHING, UNCLEAR, read_route

_MOST_HINTS = 20
"""So many misspelt names are compared with all that there are: it takes long."""


def within_sandbox(itinerary: Itinerary) -> Iterator[Critique]:
    """Every flight, road, restaurant, attraction and lodging is in the tables, as stated."""
    trip, code = itinerary.trip, "within-sandbox"
    for visit in itinerary.visits:
        journey = visit.journey
        if journey is None:
            continue
        if journey.leg is None:
            message = (
                f"{journey.text!r:.120} is no journey, as in Taxi, from A to B or Flight Number: "
                "F12, from A to B"
            )
            yield _at(visit, "transportation", code, message)
        elif journey.price is None:
            leg = journey.leg
            hint = journey_hint(trip, leg.start, leg.end, visit.number)
            message = f"there is no {journey.text[:120]} on this day"
            yield _at(visit, "transportation", code, message, hint)
        for fault in journey.faults:
            yield _at(visit, "transportation", code, f"{fault!r} is not what the table says")
    hints = _MOST_HINTS
    for visit, item in itinerary.places():
        if item.named is None:
            message = f"{item.text!r:.120} is not of the form NAME, CITY"
            yield _at(visit, item.field, code, message)
        elif item.row is None:
            name, city = item.named.name, item.named.city
            hint = name_hint(rows_of(trip, item.field), name, city) if hints else None
            hints = max(0, hints - 1)
            message = f"{item.text[:120]} does not exist"
            yield _at(visit, item.field, code, message, hint)


def complete_information(itinerary: Itinerary) -> Iterator[Critique]:
    """As many days and cities as asked for, every field given, and nothing left out of a day."""
    query, code = itinerary.trip.query, "complete-information"
    if len(itinerary.plan) != query.days:
        message = f"the plan has {len(itinerary.plan)} days, and the trip takes {query.days}"
        yield Critique(code, message, where="plan")
    for number, day in enumerate(itinerary.plan, start=1):
        keys = Counter(key for key, _ in day)
        for field in FIELDS:
            if field not in keys:
                message = f"it is missing: write {NOTHING!r} for nothing"
                yield Critique(code, message, where=f"day {number}, {field}", step=number)
        for key, text in day:
            if keys[key] > 1:
                message = f"it is given {keys[key]} times"
            elif key not in FIELDS:
                message = f"{text!r:.80} belongs to no field of a day"
                key = key if key != UNCLEAR else "text"  # noqa: PLW2901
            else:
                continue
            yield Critique(code, message, where=f"day {number}, {key[:40]}", step=number)
    for visit in itinerary.visits:
        yield from _gaps(visit, last=visit.number == query.days)
    cities = {c for v in itinerary.visits for c in (v.start, v.end) if c not in (None, query.start)}
    if len(cities) != query.cities:
        named = ", ".join(sorted(f"{city:.40}" for city in cities if city)) or "none"
        message = f"{len(cities)} cities are visited ({named:.200}), wanted {query.cities}"
        yield Critique(code, message, where="plan")


def _gaps(visit: Visit, *, last: bool) -> Iterator[Critique]:
    """What a day needs and does not have; fields that are missing altogether are told before."""
    code, fields = "complete-information", visit.fields
    if fields.get("days", str(visit.number)) != str(visit.number):
        message = f"{fields['days']!r:.40} stands on day {visit.number}"
        yield _at(visit, "days", code, message)
    needed: tuple[str, ...]
    if visit.start is None:
        needed = ("current_city",) if "current_city" in fields else ()
        reason = "no city is named"
    elif visit.moves:
        needed, reason = ("transportation",), "a day of travel needs its transportation"
    else:
        needed = ("attraction", *MEALS)
        reason = "a day without travel needs three meals and an attraction"
    for field in needed:
        if fields.get(field) == NOTHING:
            yield _at(visit, field, code, reason)
    if not last and fields.get("accommodation") == NOTHING:
        yield _at(visit, "accommodation", code, "there is no place to sleep")


def within_current_city(itinerary: Itinerary) -> Iterator[Critique]:
    """What a day names is where the traveller is: on a day of travel, in either of two cities."""
    trip, code = itinerary.trip, "within-current-city"
    used = {field: _used(itinerary, field) for field in (*MEALS, "attraction")}
    for visit in itinerary.visits:
        if visit.journey and visit.journey.leg and visit.start is not None:
            leg = visit.journey.leg
            if not visit.moves:
                message = f"nobody travels on this day: the current city is {visit.start:.80}"
                yield _at(visit, "transportation", code, message)
            elif (leg.start, leg.end) != (visit.start, visit.end):
                message = f"the current city says from {visit.start:.60} to {visit.end:.60}"
                yield _at(visit, "transportation", code, message)
    for visit, item in itinerary.places():
        here = (visit.end,) if item.field == "accommodation" else (visit.start, visit.end)
        if item.named is None or None in here or item.named.city in here:
            continue
        city = visit.end or ""
        hint = (
            lodging_hint(trip, city, 1)
            if item.field == "accommodation"
            else unused_hint(rows_of(trip, item.field), city, used[item.field])
        )
        message = f"{item.text[:80]} is not in {' or '.join(sorted({str(c) for c in here})):.120}"
        yield _at(visit, item.field, code, message, hint)


def reasonable_city_route(itinerary: Itinerary) -> Iterator[Critique]:
    """A closed round through the destination, on which no city is left and entered again."""
    trip, code = itinerary.trip, "reasonable-city-route"
    query, left = trip.query, set[str]()
    place: str | None = query.start
    for visit in itinerary.visits:
        if visit.start is None or visit.end is None:
            place = None
            continue
        last = visit.number == query.days
        if place is not None and visit.start != place:
            message = f"it begins in {visit.start:.60}, and the traveller is in {place:.60}"
            yield _at(visit, "current_city", code, message)
        if visit.number == 1 and not visit.moves:
            message = f"the trip has to leave {query.start} on its first day"
            yield _at(visit, "current_city", code, message)
        if read_route(visit.fields["current_city"]) and not visit.moves:
            yield _at(visit, "current_city", code, "it begins and ends in one city")
        if last and (visit.end != query.start or not visit.moves):
            message = f"the last day has to go back to {query.start}"
            yield _at(visit, "current_city", code, message)
        elif not last and visit.end not in trip.candidates:
            message = f"{visit.end:.60} is no city to visit: {_listed(itinerary)}"
            yield _at(visit, "current_city", code, message)
        elif not last and visit.moves and visit.end in left:
            message = f"{visit.end:.60} was left before, and is entered again"
            yield _at(visit, "current_city", code, message)
        if visit.moves:
            left.add(visit.start)
        place = visit.end


def _listed(itinerary: Itinerary) -> str:
    query, cities = itinerary.trip.query, sorted(itinerary.trip.candidates)
    return f"wanted {query.destination}" if len(cities) < 2 else f"wanted {', '.join(cities):.200}"


def diverse_restaurants(itinerary: Itinerary) -> Iterator[Critique]:
    """No restaurant is eaten at twice."""
    yield from _repeated(itinerary, MEALS, "diverse-restaurants")


def diverse_attractions(itinerary: Itinerary) -> Iterator[Critique]:
    """No attraction is seen twice."""
    yield from _repeated(itinerary, ("attraction",), "diverse-attractions")


def _repeated(itinerary: Itinerary, fields: tuple[str, ...], code: str) -> Iterator[Critique]:
    first: dict[object, int] = {}
    used = _used(itinerary, fields[0])
    for visit, item in itinerary.places():
        if item.field not in fields or item.named is None:
            continue
        if item.named in first:
            hint = unused_hint(rows_of(itinerary.trip, item.field), item.named.city, used)
            message = f"{item.text[:80]} is in the plan on day {first[item.named]} already"
            yield _at(visit, item.field, code, message, hint)
        first.setdefault(item.named, visit.number)


def non_conflicting_transportation(itinerary: Itinerary) -> Iterator[Critique]:
    """Who drives a car of his own takes neither flights nor taxis on the same trip."""
    modes: dict[str, list[Visit]] = {"self-driving": [], "other": []}
    for visit in itinerary.visits:
        if visit.journey and visit.journey.leg:
            own = visit.journey.leg.mode == "self-driving"
            modes["self-driving" if own else "other"].append(visit)
    if all(modes.values()):
        fewer = min(modes.values(), key=len)
        others = next(visits for visits in modes.values() if visits is not fewer)
        days = ", ".join(str(visit.number) for visit in others)
        for visit in fewer:
            message = f"self-driving goes with no flight or taxi: see day {days:.60}"
            yield _at(visit, "transportation", "non-conflicting-transportation", message)


def minimum_nights_stay(itinerary: Itinerary) -> Iterator[Critique]:
    """Nobody stays fewer nights in a row than a lodging asks for."""
    for visit, lodging, nights in itinerary.stretches():
        if nights < lodging.minimum_nights:
            hint = lodging_hint(itinerary.trip, lodging.city, nights)
            message = (
                f"{lodging.name}, {lodging.city} is let for {lodging.minimum_nights} nights or "
                f"more, and the stay is {nights}"
            )
            yield _at(visit, "accommodation", "minimum-nights-stay", message, hint)


def _used(itinerary: Itinerary, field: str) -> set[str]:
    kind = MEALS if field in MEALS else (field,)
    return {i.named.name for _, i in itinerary.places() if i.field in kind and i.named}


def _at(visit: Visit, field: str, code: str, message: str, repair: str | None = None) -> Critique:
    where = f"day {visit.number}, {field}"
    return Critique(code, message, where=where, step=visit.number, repair=repair)


COMMONSENSE: Mapping[str, Callable[[Itinerary], Iterator[Critique]]] = {
    "within-sandbox": within_sandbox,
    "complete-information": complete_information,
    "within-current-city": within_current_city,
    "reasonable-city-route": reasonable_city_route,
    "diverse-restaurants": diverse_restaurants,
    "diverse-attractions": diverse_attractions,
    "non-conflicting-transportation": non_conflicting_transportation,
    "minimum-nights-stay": minimum_nights_stay,
}
