"""Trips as prompts: plain English or the statement's own rows."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.naturalplan.trips.draws import draw_trip
from soundly.families.naturalplan.trips.reading import format_trip
from soundly.families.naturalplan.trips.solver import steps_of
from soundly.families.naturalplan.trips.trip import Trip, Window, trip_of

_TASK = (
    "Plan a trip that visits every city once, without a break, for exactly its number of days. You "
    "go from city to city by direct flights only. The day of a flight counts for both cities: who "
    "leaves a city on day 4 spends day 4 there and in the next one as well. The trip begins on day "
    "1 and ends on its last day."
)
_FORM = (
    "Put your plan between the lines [ANSWER] and [ANSWER END]: a line for each stay and for each "
    "flight, in these forms and no others:\n\n"
    "Day FIRST-LAST: Visit CITY for NUMBER days.\n"
    "Day NUMBER: Fly from CITY to CITY.\n\n"
    "If you are sure that there is no such trip, write [NO SOLUTION] between these lines instead."
)
_ROWS = (
    "The trip has a row for each fact, with bars between its fields: the days in all; the days of "
    "each stay; flights both ways, or a flight one way (from, to); and days on which to be in a "
    "city: whole, on each of them, or within, on at least one (city, first day, last day)."
)
_EXAMPLE_SIZE = 3


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples are about other cities, so that none can answer the problem. Raises `ProblemError` for
    a trip that cannot be read.
    """
    asked = trip_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_ROWS] if formal else []), _FORM]
    for seed in range(style.examples):
        trip, order = draw_trip(size=_EXAMPLE_SIZE, seed=seed, without=asked.stays)
        thoughts = f"{_thoughts(trip, order)}\n\n" if style.thoughts else ""
        answer = format_trip(list(steps_of(trip, list(order))))
        shown = _stated(trip, formal=formal)
        parts.append(f"Example problem:\n\n{shown}\n\nAnswer:\n\n{thoughts}{answer}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _thoughts(trip: Trip, order: tuple[str, ...]) -> str:
    stays = " + ".join(str(trip.stays[city]) for city in order)
    shared = f"{len(order) - 1} days count twice, so {stays} - {len(order) - 1} = {trip.days} days"
    return f"Flights lead through {', '.join(order)} in this order. {shared}."


def _stated(trip: Trip, *, formal: bool) -> str:
    if formal:
        return trip.problem("stated").statement["trip"].strip()
    both = sorted({tuple(sorted(way)) for way in trip.flights if way[::-1] in trip.flights})
    single = sorted(way for way in trip.flights if way[::-1] not in trip.flights)
    lines = [f"The trip has {trip.days} days and {len(trip.stays)} cities."]
    lines += [f"- {city} for {days} days" for city, days in trip.stays.items()]
    lines += [_occasion(window) for window in trip.windows]
    lines.append("Direct flights:")
    lines += [f"- between {first} and {last}, both ways" for first, last in both]
    lines += [f"- from {first} to {last}, not back" for first, last in single]
    return "\n".join(lines)


def _occasion(window: Window) -> str:
    if window.whole:
        return f"Be in {window.city} on every day from day {window.first} to day {window.last}."
    days = f"between day {window.first} and day {window.last}"
    return f"Be in {window.city} on at least one day {days}."
