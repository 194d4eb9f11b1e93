"""Trips as prompts: plain English, or the query and the tables as they are stated."""

from __future__ import annotations

from collections.abc import Iterable

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.travel.draws import draw_trip
from soundly.families.travel.plan import format_plan
from soundly.families.travel.statement import problem_of, trip_of
from soundly.families.travel.world import Query, Trip

_TASK = (
    "Plan a journey that begins and ends at home. Everything in the plan has to be in the data "
    "that is given, under exactly the name that it has there.\n"
    "- The first day leaves home, the last day comes back, and no city is entered twice. Only "
    "cities of the destination are visited, as many as are asked for.\n"
    "- A day of travel has its transportation. Any other day has three meals and an attraction. "
    "Every night but the last day's has a place to sleep, in the city where the day ends, for at "
    "least its minimum of nights in a row.\n"
    "- What a day names is in the city of that day; on a day of travel, in either of the two.\n"
    "- No restaurant and no attraction comes twice.\n"
    "- Self-driving goes with neither flights nor taxis on one trip.\n"
    "- Everything together stays within the budget. A flight and a meal cost their price for each "
    "traveller; a car of one's own takes five and a taxi four, and more travellers need more of "
    "them; a lodging costs its price for each night and each room, and a room takes its maximum "
    "occupancy. Each cuisine that is asked for is eaten once at least, away from home."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END]: a JSON list with one object for "
    "each day, and in it the fields days (the number of the day), current_city, transportation, "
    'breakfast, attraction, lunch, dinner and accommodation. Write "-" for nothing. current_city '
    "is a city, or, on a day of travel, from A to B. transportation is Flight Number: F12, from A "
    "to B or Taxi, from A to B or Self-driving, from A to B. Places are NAME, CITY; attractions "
    "are separated by semicolons. Write nothing else between these lines. If you are sure that no "
    "plan keeps all of this, write [NO SOLUTION] instead."
)
_EXAMPLE_SIZE = 3


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the trip.

    Examples are trips of three days, or of four where the trip has three, so that none can answer
    it. Raises `ProblemError` for a trip that cannot be read.
    """
    asked = trip_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, _FORM]
    size = _EXAMPLE_SIZE + (asked.query.days == _EXAMPLE_SIZE)
    for seed in range(style.examples):
        trip, plan = draw_trip(size=size, seed=seed)
        stated = _formal(problem_of(trip, "example")) if formal else _natural(trip)
        parts.append(f"Example problem:\n\n{stated}\n\nAnswer:\n\n{format_plan(plan)}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_formal(problem) if formal else _natural(asked)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def query_in_words(query: Query) -> str:
    """What a traveller would say."""
    people = "one person" if query.people == 1 else f"{query.people} people"
    cities = "visiting 1 city" if query.cities == 1 else f"visiting {query.cities} cities there"
    said = (
        f"Please plan a trip of {query.days} days for {people} from {query.start} to "
        f"{query.destination}, {cities}, with a budget of {query.budget}."
    )
    if query.rule:
        said += f" Wherever we stay, {query.rule} must not be forbidden."
    if query.room_type == "not shared room":
        said += " We do not want a shared room."
    elif query.room_type:
        article = "an" if query.room_type.startswith("entire") else "a"
        said += f" We want {article} {query.room_type} everywhere."
    if query.cuisines:
        said += f" We would like to eat {_and(query.cuisines)} food."
    bans = {"no flight": "We do not fly.", "no self-driving": "We do not drive ourselves."}
    return f"{said} {bans[query.ban]}" if query.ban else said


def _formal(problem: Problem) -> str:
    return "\n\n".join(f"{name}\n{text.rstrip()}" for name, text in problem.statement.items())


def _natural(trip: Trip) -> str:
    world = trip.world
    regions: dict[str, list[str]] = {}
    for city, region in world.cities:
        regions.setdefault(region, []).append(city)
    parts = [
        query_in_words(trip.query),
        "\n".join(
            f"Cities of {region}: {', '.join(cities)}." for region, cities in regions.items()
        ),
        _listed(
            "Flights, with the price for one person",
            (
                f"day {f.day}: {f.number} from {f.start} to {f.end}, {f.departs} to {f.arrives}, "
                f"{f.price}"
                for f in world.flights
            ),
        ),
        _listed(
            "Roads, good in both directions, with the price of one car",
            (
                f"{r.first} and {r.second}: {r.minutes} minutes, {r.kilometres} km, self-driving "
                f"{r.self_driving}, taxi {r.taxi}"
                for r in world.roads
            ),
        ),
    ]
    for city, _ in world.cities:
        parts += _city(trip, city)
    return "\n\n".join(parts)


def _city(trip: Trip, city: str) -> list[str]:
    world = trip.world
    beds = (
        f"{h.name}: {h.room_type}, {h.price} a room and night, minimum nights {h.minimum_nights}, "
        f"maximum occupancy {h.maximum_occupancy}, "
        f"{f'forbids {_and(h.forbids)}' if h.forbids else 'forbids nothing'}"
        for h in world.lodgings
        if h.city == city
    )
    tables = (
        f"{r.name}: {', '.join(r.cuisines) or 'any food'}, {r.cost} a person"
        for r in world.restaurants
        if r.city == city
    )
    sights = (a.name for a in world.attractions if a.city == city)
    listed = (("Lodgings", beds), ("Restaurants", tables), ("Attractions", sights))
    return [text for kind, rows in listed if (text := _listed(f"{kind} in {city}", rows, ""))]


def _listed(title: str, rows: Iterable[str], empty: str = "none") -> str:
    lines = [f"- {row}" for row in rows]
    if not lines:
        return f"{title}: {empty}" if empty else ""
    return "\n".join([f"{title}:", *lines])


def _and(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
