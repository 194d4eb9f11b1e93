"""Natural Plan's prompts for trips, read into trips."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from soundly.core.errors import ProblemError
from soundly.families.naturalplan.official.pieces import last_task, require_no_fact
from soundly.families.naturalplan.trips.trip import Trip, Window

Windows: TypeAlias = Literal["worded", "whole"]
"""How "between day 5 and day 9" is read: ``worded`` as on one of these days at least, ``whole`` as
on each of them. Where a prompt says "from … to …" or "during …" it is each of them anyway."""

_BEGIN = re.compile(r"You plan to visit [0-9]{1,5} European cit")
_HEAD = re.compile(
    r"You plan to visit ([0-9]{1,5}) European cit(?:y|ies) for ([0-9]{1,5}) days? in total\."
)
_CITY = r"([^\s.,]{1,60})"
_DAYS = r"([0-9]{1,5}) days?"
_SPAN = r"day ([0-9]{1,5}) (?:and|to) day ([0-9]{1,5})"
_STAYS = tuple(
    re.compile(each)
    for each in (
        rf"You would like to visit {_CITY} for {_DAYS}",
        rf"You plan to stay in {_CITY} for {_DAYS}",
        rf"You want to spend {_DAYS} in {_CITY}",
    )
)
_BETWEEN = re.compile(
    r"You (?:are going to attend a wedding in|have to attend a (?:workshop|conference) in|"
    r"want to meet a friend in|plan to visit relatives in|would like to meet your friends at) "
    rf"{_CITY} between {_SPAN}(?: to tour together)?"
)
_EACH_DAY = re.compile(
    rf"(?:From|During) {_SPAN}, (?:there is an? annual show you want to attend in|"
    rf"you have to attend a conference in) {_CITY}"
)
_FLIGHTS = "Here are the cities that have direct flights:"
_ONE_WAY = re.compile(rf"from {_CITY} to {_CITY}")
_BOTH_WAYS = re.compile(rf"{_CITY} and {_CITY}")


def read_trip_prompt(prompt: str, *, windows: Windows = "worded") -> Trip:
    """The trip of the last task in a prompt; raises `ProblemError` for what is not understood."""
    task = last_task(prompt, _BEGIN)
    head = _HEAD.match(task)
    wishes, mark, rest = task[head.end() :].partition(_FLIGHTS) if head else ("", "", "")
    if head is None or not mark:
        raise ProblemError("wanted the cities and days in all, and the list of direct flights")
    stays: dict[str, int] = {}
    events: list[Window] = []
    for part in re.split(r"\.(?=\s|$)|\n", wishes):
        said = " ".join(part.split())
        stay = next(filter(None, (shape.fullmatch(said) for shape in _STAYS)), None)
        if stay:
            city, days = (stay[1], stay[2]) if stay[2].isdigit() else (stay[2], stay[1])
            if city in stays or not int(days):
                raise ProblemError(f"{said!r:.80} comes twice, or is no stay")
            stays[city] = int(days)
        elif match := _BETWEEN.fullmatch(said):
            events.append(_window(match[1], match[2], match[3], whole=windows == "whole"))
        elif match := _EACH_DAY.fullmatch(said):
            events.append(_window(match[3], match[1], match[2], whole=True))
        else:
            require_no_fact(said, stays)
    listed, _, _ = rest.strip().partition("\n")
    flights = _flights(listed)
    unknown = ({city for way in flights for city in way} | {e.city for e in events}) - set(stays)
    if unknown or len(stays) != int(head[1]):
        raise ProblemError(f"{head[1]} cities are announced, stays are in {', '.join(stays)}")
    return Trip(int(head[2]), stays, frozenset(flights), tuple(events))


def _window(city: str, first: str, last: str, *, whole: bool) -> Window:
    if not 0 < int(first) <= int(last):
        raise ProblemError(f"day {first} to day {last} in {city} is no window")
    return Window(city, int(first), int(last), whole)


def _flights(listed: str) -> set[tuple[str, str]]:
    flights: set[tuple[str, str]] = set()
    for part in filter(None, (each.strip() for each in listed.rstrip(". ").split(","))):
        if match := _ONE_WAY.fullmatch(part):
            flights.add((match[1], match[2]))
        elif match := _BOTH_WAYS.fullmatch(part):
            flights |= {(match[1], match[2]), (match[2], match[1])}
        else:
            raise ProblemError(f"{part!r:.80} is no flight, as in A and B, or from A to B")
    return flights
