"""The five hard constraints of TravelPlanner (arXiv:2402.01622, table 1): what the query asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from soundly.core.verdict import Critique
from soundly.families.travel.alternatives import journey_hint, lodging_hint, lodging_instead
from soundly.families.travel.itinerary import Itinerary
from soundly.families.travel.world import Lodging, Query, allows, is_of_type


def cost_of(itinerary: Itinerary) -> int:
    """What the plan costs all travellers; what the world does not have costs nothing."""
    trip, total = itinerary.trip, 0
    for visit in itinerary.visits:
        if visit.journey and visit.journey.leg and visit.journey.price is not None:
            total += trip.fare(visit.journey.leg.mode, visit.journey.price)
        total += sum(meal.row.cost for meal in visit.meals if meal.row) * trip.query.people
        if visit.lodging and visit.lodging.row:
            total += trip.nightly(visit.lodging.row)
    return total


def budget(itinerary: Itinerary) -> Iterator[Critique]:
    """All together costs no more than the budget."""
    cost, limit = cost_of(itinerary), itinerary.trip.query.budget
    if cost > limit:
        message = f"the plan costs {cost}, which is {cost - limit} more than the budget of {limit}"
        yield Critique("budget", message, where="plan", repair=_saving(itinerary))


def _saving(itinerary: Itinerary) -> str | None:
    """The exchange of one lodging for another that saves most."""
    trip = itinerary.trip
    best: tuple[int, Lodging, Lodging] | None = None
    for _, lodging, nights in itinerary.stretches():
        other = lodging_instead(trip, lodging.city, nights)
        if other is not None:
            saved = (trip.nightly(lodging) - trip.nightly(other)) * nights
            if saved > (best[0] if best else 0):
                best = saved, lodging, other
    if best is None:
        return None
    saved, lodging, other = best
    return f"{other.name} instead of {lodging.name} in {lodging.city} saves {saved}"


def room_rule(itinerary: Itinerary) -> Iterator[Critique]:
    """No lodging forbids what the travellers bring or do."""
    rule = itinerary.trip.query.rule
    yield from _lodgings(
        itinerary, "room-rule", lambda each: allows(each, rule), f"it forbids {rule}"
    )


def room_type(itinerary: Itinerary) -> Iterator[Critique]:
    """Every lodging is of the type that was asked for."""
    wish = itinerary.trip.query.room_type
    yield from _lodgings(
        itinerary, "room-type", lambda each: is_of_type(each, wish), f"wanted is a {wish}"
    )


def _lodgings(
    itinerary: Itinerary, code: str, fits: Callable[[Lodging], bool], fault: str
) -> Iterator[Critique]:
    for visit, lodging, nights in itinerary.stretches():
        if not fits(lodging):
            kind = f"{lodging.name}, {lodging.city}, a {lodging.room_type}"
            yield Critique(
                code,
                f"{kind}: {fault}",
                where=f"day {visit.number}, accommodation",
                step=visit.number,
                repair=lodging_hint(itinerary.trip, lodging.city, nights),
            )


def cuisine(itinerary: Itinerary) -> Iterator[Critique]:
    """Each cuisine that was asked for is eaten once at least, and not in the home city."""
    trip = itinerary.trip
    rows = [meal.row for visit in itinerary.visits for meal in visit.meals if meal.row]
    eaten = {kind for row in rows if row.city != trip.query.start for kind in row.cuisines}
    visited = {visit.end for visit in itinerary.visits} & trip.candidates
    for wanted in trip.query.cuisines:
        if wanted not in eaten:
            there = next(
                (r for r in trip.world.restaurants if wanted in r.cuisines and r.city in visited),
                None,
            )
            hint = f"{there.name}, {there.city} serves it" if there else None
            yield Critique("cuisine", f"no meal is {wanted}", where="plan", repair=hint)


def transportation(itinerary: Itinerary) -> Iterator[Critique]:
    """Nobody travels in the way that was ruled out."""
    ban = itinerary.trip.query.ban
    for visit in itinerary.visits:
        leg = visit.journey.leg if visit.journey else None
        if leg is not None and ban == f"no {leg.mode}":
            yield Critique(
                "transportation",
                f"{ban} was asked for",
                where=f"day {visit.number}, transportation",
                step=visit.number,
                repair=journey_hint(itinerary.trip, leg.start, leg.end, visit.number),
            )


def asked_for(query: Query) -> tuple[str, ...]:
    """The hard constraints that a query states; a budget always is."""
    wishes: Mapping[str, object] = {
        "budget": True,
        "room-rule": query.rule,
        "room-type": query.room_type,
        "cuisine": query.cuisines,
        "transportation": query.ban,
    }
    return tuple(name for name, wish in wishes.items() if wish)


HARD: Mapping[str, Callable[[Itinerary], Iterator[Critique]]] = {
    "budget": budget,
    "room-rule": room_rule,
    "room-type": room_type,
    "cuisine": cuisine,
    "transportation": transportation,
}
