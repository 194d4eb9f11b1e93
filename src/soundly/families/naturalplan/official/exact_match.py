"""The figures of Natural Plan's own evaluation, worked out by its rules in our own words.

Calendars: the first time that an answer mentions, to the half hour, is the golden one. Trips: the
flights that an answer mentions give the golden cities in their order, with the golden lengths.
Meetings, though the paper calls this exact match as well: as many meetings in a row can be carried
out as in the golden plan. Where the official script would end with an exception (an unknown place
or person), that step counts as one that cannot be carried out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from soundly.families.naturalplan.meetings.day import Day

_SLOT = re.compile(r"(?<![A-Za-z])([A-Za-z]+), ([0-9]+):([0-9]+) - ([0-9]+):([0-9]+)")
_RANGE = re.compile(r"(?<!\d)(\d+)-(\d+)")
_IN_ALL = re.compile(r"European cities for (\d+) days")
_FLIGHT = re.compile(r"(?=from (\w+) to (\w+))")
_DAY = re.compile(r"Day (\d+)")
_TIME = re.compile(r"(0?[1-9]|1[0-2]):([0-5]?[0-9])([AaPp])[Mm]")
_LONGEST_NUMBER = 9


def same_slot(answer: str, golden: str) -> bool:
    """Whether two texts mention the same time first. Other minutes than 30 count as none."""
    return _first_slot(answer) == _first_slot(golden)


def _first_slot(text: str) -> tuple[str, ...] | None:
    match = _SLOT.search(text)
    if match is None:
        return None
    day, *times = match.groups()
    hours = (hour.lstrip("0") for hour in times[::2])
    halves = ("half" if minute == "30" else "full" for minute in times[1::2])
    return (day, *hours, *halves)


def same_trip(answer: str, cities: str, durations: str) -> bool:
    """Whether an answer begins with the golden cities, ``A**B**C``, each for its days, ``2**3**4``.

    An answer without a flight has no cities, whatever its stays say.
    """
    golden = list(
        zip(
            filter(None, cities.split("**")),
            map(int, filter(None, durations.split("**"))),
            strict=True,
        )
    )
    return bool(golden) and _stays(answer)[: len(golden)] == golden


def _stays(answer: str) -> list[tuple[str, int]]:
    """The cities and lengths that the flights give, up to the line that ends the trip."""
    last, in_all = 0, 0
    flights: list[tuple[int, str, str]] = []
    for line in answer.split("\n"):
        if announced := _IN_ALL.search(line):
            in_all = _number(announced[1])
        if days := _RANGE.search(line):
            last = _number(days[2])
            if last == in_all:
                break
        if flight := _last_flight(line):
            flights.append(flight)
    if not flights or not last:
        return []
    visited = [flights[0][1], *(flight[2] for flight in flights)]
    days_of = [1, *(flight[0] for flight in flights), last]
    return [
        (city, end - begin + 1)
        for city, begin, end in zip(visited, days_of, days_of[1:], strict=False)
    ]


def _last_flight(line: str) -> tuple[int, str, str] | None:
    """The last "from … to …" of a line, with the last day before it."""
    flight = day = None
    for match in _FLIGHT.finditer(line):
        flight = match
    if flight is not None:
        for each in _DAY.finditer(line, 0, flight.start()):
            day = each
    return (_number(day[1]), flight[1], flight[2]) if flight and day else None


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else -1


def meetings_in(answer: str | Iterable[str], day: Day) -> int:
    """How many meetings of a plan can be carried out before its first step that cannot.

    A text is split at its full stops, behind the first ``SOLUTION:``; a list is taken as it is.
    """
    if isinstance(answer, str):
        answer = answer.partition("SOLUTION:")[2] or answer
        steps = [step.strip() for step in answer.split(".")]
    else:
        steps = [step.strip() for step in answer]
    place, now, met = day.place, day.time, list[str]()
    friends = {friend.name: friend for friend in day.friends}
    for step in filter(None, steps):
        if step.startswith("You travel"):
            end = _between(step, "travel to ", " in")
            if (place, end) not in day.travel:
                break
            now, place = now + day.travel[place, end], end
        elif step.startswith("You wait"):
            until = _minutes(_between(step, "wait until ", "."))
            if until is None or until <= now:
                break
            now = until
        elif step.startswith("You meet"):
            friend = friends.get(name := _between(step, "meet ", " for"))
            if friend is None or name in met or friend.place != place:
                break
            if now < friend.begin or now + friend.least > friend.until:
                break
            met.append(name)
            now += friend.least
        elif not step.startswith("You start"):
            break
    return len(met)


def _between(step: str, mark: str, end: str) -> str:
    return step.partition(mark)[2].split(mark)[0].split(end)[0].strip()


def _minutes(text: str) -> int | None:
    """Minutes since midnight, by the 12-hour clock without a blank; None for other texts."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    return (int(match[1]) % 12 + (12 if match[3] in "Pp" else 0)) * 60 + int(match[2])
