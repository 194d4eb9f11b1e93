"""The kinds ``trip-plan`` and ``trip-table``: a trip with direct flights, and that there is none.

A statement has ``trip``, rows as in `soundly.kernel.rows`: ``days | 10``, ``stay | Oslo | 4``
(days), ``flight | Oslo | Rome`` (one way), ``flights | Oslo | Rome`` (both ways),
``whole | Oslo | 2 | 4`` (in Oslo on each of these days) and ``within | Oslo | 2 | 6`` (on one of
them at least). Each city is visited once, without a break; a flight's day counts for both cities.

Evidence of a trip is ``{"plan": [["stay", "1", "4", "Oslo", "4"], ["fly", "4", "Oslo", "Rome"]]}``,
in which flights and the numbers of days ("") may be left out: the stays say them already.

Evidence that there is none is ``{"table": [[cities, last], …]}``, a row for each set of cities that
a trip can begin with, and the last of them: ``cities`` has bit i for the i-th ``stay`` of the
statement, ``last`` is such an i. It is closed if whatever city can follow makes a row, and no row
has all cities. On which day a row ends is known from the set alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused
from soundly.kernel.rows import count_of, index_of, name_of, read_rows

MAX_CITIES = 64
MAX_TABLE = 300_000


@dataclass(frozen=True, slots=True)
class Trip:
    """``begins`` has the first and the last day on which a stay can begin, for each city."""

    days: int
    stays: Mapping[str, int]
    flights: frozenset[tuple[str, str]]
    begins: Mapping[str, tuple[int, int]]

    def fits(self, city: str, first: int) -> bool:
        """Whether a stay from this day on is over in time, and what happens there is not missed."""
        earliest, latest = self.begins[city]
        return earliest <= first <= latest


def check_trip(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the plan fills the days with stays and flights that the statement has."""
    trip = read_trip(statement)
    (plan,) = fields_of(evidence, "plan")
    today, visited, ahead = 1, list[str](), ""
    for number, step in enumerate(list_of(plan, "steps")):
        match step:
            case ["stay", first, last, str(city), days] if (
                city in trip.stays and city not in visited
            ):
                right = count_of(first) == today and trip.fits(city, today)
                right = right and days in ("", str(trip.stays[city]))
                today += trip.stays[city] - 1
                right = right and count_of(last) == today
                right = right and (not visited or (visited[-1], city) in trip.flights)
                right = right and ahead in ("", city)
                visited.append(city)
                ahead = ""
            case ["fly", day, first, str(last)] if visited and not ahead and last:
                right = count_of(day) == today and visited[-1] == first
                ahead = last
            case _:
                right = False
        if not right:
            raise Refused(f"step {number + 1} does not fit in: {step!r:.120}")
    if len(visited) != len(trip.stays) or today != trip.days or ahead:
        raise Refused(f"the plan has {len(visited)} of {len(trip.stays)} cities, to day {today}")
    return f"{amount(len(visited), 'city', 'cities')} in {amount(trip.days, 'day')}"


def check_no_trip(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless a closed table has no row of all cities, or the days cannot add up."""
    trip = read_trip(statement)
    (table,) = fields_of(evidence, "table")
    cities, rows = list(trip.stays), set[tuple[int, int]]()
    if sum(trip.stays.values()) - len(cities) + 1 != trip.days:
        return f"the stays do not add up to {amount(trip.days, 'day')}"
    listed = list_of(table, "rows of the table")
    if len(listed) > MAX_TABLE:
        raise Refused(f"the table has {len(listed)} rows; at most {MAX_TABLE} are checked")
    for row in listed:
        if not isinstance(row, list) or len(row) != 2:
            raise Refused(f"{row!r:.80} is no row of a table")
        rows.add((index_of(row[0], (1 << len(cities)) - 1), index_of(row[1], len(cities))))
    for visited, last in [(0, -1), *rows]:
        inside = [trip.stays[city] - 1 for at, city in enumerate(cities) if visited >> at & 1]
        for number, city in enumerate(cities):
            if visited >> number & 1 or not trip.fits(city, 1 + sum(inside)):
                continue
            if visited and (cities[last], city) not in trip.flights:
                continue
            if (visited | 1 << number, number) not in rows:
                raise Refused(f"the table is not closed: {city} may follow {[visited, last]}")
    return f"no trip visits all cities: shown by a closed table of {amount(len(rows), 'row')}"


def read_trip(statement: Mapping[str, object]) -> Trip:
    """The trip that a statement spells."""
    if set(statement) != {"trip"}:
        raise Refused("the statement has to have the text trip, and nothing else")
    days: list[int] = []
    stays: dict[str, int] = {}
    flights: set[tuple[str, str]] = set()
    windows: list[tuple[str, int, int, bool]] = []
    for row in read_rows(statement, "trip"):
        match row:
            case ["days", number] if not days:
                days.append(count_of(number))
            case ["stay", city, number] if city not in stays:
                stays[name_of(city)] = count_of(number)
            case ["flight", first, last]:
                flights.add((first, last))
            case ["flights", first, last]:
                flights |= {(first, last), (last, first)}
            case ["whole" | "within", city, begin, end]:
                windows.append((city, count_of(begin), count_of(end), row[0] == "whole"))
            case _:
                raise Refused(f"{' | '.join(row):.80} is no row of a trip, or comes twice")
    named = {city for way in flights for city in way} | {city for city, *_ in windows}
    if unknown := named - set(stays):
        raise Refused(f"{min(unknown)!r:.80} is a city without a stay")
    if not days or not 0 < len(stays) <= MAX_CITIES:
        raise Refused(f"there have to be days, and stays in 1 to {MAX_CITIES} cities")
    if any(begin > end for _, begin, end, _ in windows):
        raise Refused("a window ends before it begins")
    return Trip(days[0], stays, frozenset(flights), _begins(days[0], stays, windows))


def _begins(
    days: int, stays: Mapping[str, int], windows: list[tuple[str, int, int, bool]]
) -> dict[str, tuple[int, int]]:
    """When a stay can begin, so that it is over in time and meets each window of its city.

    All days of a window fall in the stay if it begins by the first of them and ends no sooner than
    the last; one of them does if it begins by the last and ends no sooner than the first.
    """
    begins = {city: (1, days - stay + 1) for city, stay in stays.items()}
    for city, begin, end, whole in windows:
        earliest, latest = begins[city]
        by, until = (begin, end) if whole else (end, begin)
        begins[city] = max(earliest, until - stays[city] + 1), min(latest, by)
    return begins
