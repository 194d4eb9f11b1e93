"""A trip as seven texts: the query, and the world's six tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.travel.world import (
    BANS,
    ROOM_TYPES,
    ROOM_WISHES,
    RULES,
    Attraction,
    Flight,
    Lodging,
    Query,
    Restaurant,
    Road,
    Trip,
    World,
)

NAME = "travel-planning"
HEADERS: Mapping[str, str] = {
    "cities": "city,region",
    "flights": "number,day,from,to,departs,arrives,price",
    "roads": "between,and,minutes,kilometres,self-driving,taxi",
    "lodgings": "name,city,price,room type,minimum nights,maximum occupancy,forbids",
    "restaurants": "name,city,cost,cuisines",
    "attractions": "name,city",
}
"""The tables and the first line of each: cells are parted by commas, lists in a cell by "; "."""

_REQUIRED = ("days", "from", "to", "cities", "people", "budget")
_OPTIONAL = ("room rule", "room type", "cuisine", "transportation")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,6}")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'&.-]|[ ](?! )){0,58}[A-Za-z0-9]")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_LINK_WORDS = frozenset({"from", "to"})

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a text, cut into cells; a fault in a cell is told with its place."""

    source: str
    number: int
    cells: tuple[str, ...]

    def error(self, reason: str) -> ProblemError:
        return ProblemError(reason, line=self.number, source=self.source)

    def count(self, text: str, *, least: int = 0) -> int:
        if not _NUMBER.fullmatch(text) or int(text) < least:
            raise self.error(f"{text!r:.40} came, wanted a number from {least} to 9999999")
        return int(text)

    def name(self, text: str) -> str:
        if not _NAME.fullmatch(text):
            raise self.error(f"{text!r:.80} is no name: letters, digits, single spaces, '&.-")
        return text

    def time(self, text: str) -> str:
        if not _TIME.fullmatch(text):
            raise self.error(f"{text!r:.40} is no time of day, as in 07:45")
        return text

    def one_of(self, text: str, words: Iterable[str]) -> str:
        if text not in words:
            raise self.error(f"{text!r:.80} came, wanted one of {', '.join(sorted(words))}")
        return text

    def names(self, text: str, mark: str) -> tuple[str, ...]:
        parts = tuple(text.split(mark)) if text else ()
        if len(set(parts)) != len(parts):
            raise self.error(f"{text!r:.80} lists something twice")
        return tuple(self.name(part) for part in parts)


def problem_of(trip: Trip, name: str) -> Problem:
    """The trip as a problem; `trip_of` reads it back."""
    world = trip.world
    rows: Mapping[str, Iterable[Iterable[object]]] = {
        "cities": world.cities,
        "flights": (
            (f.number, f.day, f.start, f.end, f.departs, f.arrives, f.price) for f in world.flights
        ),
        "roads": (
            (r.first, r.second, r.minutes, r.kilometres, r.self_driving, r.taxi)
            for r in world.roads
        ),
        "lodgings": (
            (
                *(h.name, h.city, h.price, h.room_type, h.minimum_nights, h.maximum_occupancy),
                "; ".join(h.forbids),
            )
            for h in world.lodgings
        ),
        "restaurants": ((r.name, r.city, r.cost, "; ".join(r.cuisines)) for r in world.restaurants),
        "attractions": ((a.name, a.city) for a in world.attractions),
    }
    tables = {
        table: "\n".join([HEADERS[table], *(",".join(map(str, row)) for row in listed)]) + "\n"
        for table, listed in rows.items()
    }
    return Problem(NAME, name, {"query": _query_text(trip.query), **tables})


def _query_text(query: Query) -> str:
    values = (query.days, query.start, query.destination, query.cities, query.people, query.budget)
    lines = [f"{key}: {value}" for key, value in zip(_REQUIRED, values, strict=True)]
    wishes = (query.rule, query.room_type, ", ".join(query.cuisines), query.ban)
    lines += [f"{key}: {wish}" for key, wish in zip(_OPTIONAL, wishes, strict=True) if wish]
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=256)
def trip_of(problem: Problem) -> Trip:
    """The trip that a problem states; raises `ProblemError`, with text and line, for any other."""
    wanted = ("query", *HEADERS)
    if set(problem.statement) != set(wanted):
        came = ", ".join(sorted(problem.statement))
        raise ProblemError(f"a travel problem states {', '.join(wanted)}, and here came {came}")
    tables = {table: _lines(problem, table) for table in HEADERS}
    cities = _rows(tables["cities"], _city, lambda row: row[0])
    regions = dict(cities)

    def known(line: _Line, text: str) -> str:
        return line.one_of(text, regions)

    def pair(line: _Line, first: str, second: str) -> tuple[str, str]:
        if first == second:
            raise line.error(f"{first} is joined to itself")
        return known(line, first), known(line, second)

    def flight(line: _Line) -> Flight:
        number, day, start, end, departs, arrives, price = line.cells
        ends = pair(line, start, end)
        times = line.time(departs), line.time(arrives)
        return Flight(line.name(number), line.count(day, least=1), *ends, *times, line.count(price))

    def road(line: _Line) -> Road:
        first, second, *numbers = line.cells
        return Road(*pair(line, first, second), *map(line.count, numbers))

    def lodging(line: _Line) -> Lodging:
        name, city, price, kind, nights, occupancy, forbids = line.cells
        banned = tuple(line.one_of(rule, RULES) for rule in line.names(forbids, "; "))
        return Lodging(
            line.name(name),
            known(line, city),
            line.count(price),
            line.one_of(kind, ROOM_TYPES),
            line.count(nights, least=1),
            line.count(occupancy, least=1),
            banned,
        )

    def restaurant(line: _Line) -> Restaurant:
        name, city, cost, cuisines = line.cells
        kinds = line.names(cuisines, "; ")
        return Restaurant(line.name(name), known(line, city), line.count(cost), kinds)

    def attraction(line: _Line) -> Attraction:
        name, city = line.cells
        return Attraction(line.name(name), known(line, city))

    world = World(
        cities,
        _rows(tables["flights"], flight, lambda row: (row.number, row.day)),
        _rows(tables["roads"], road, lambda row: frozenset((row.first, row.second))),
        _rows(tables["lodgings"], lodging, lambda row: (row.name, row.city)),
        _rows(tables["restaurants"], restaurant, lambda row: (row.name, row.city)),
        _rows(tables["attractions"], attraction, lambda row: (row.name, row.city)),
    )
    return Trip(_query(problem, regions), world)


def _lines(problem: Problem, table: str) -> list[_Line]:
    """The rows of a table, its header checked and gone."""
    header, *rows = problem.statement[table].removesuffix("\n").split("\n")
    if header != HEADERS[table]:
        raise ProblemError(
            f"{header!r:.80} came, wanted the header {HEADERS[table]}", line=1, source=table
        )
    width = len(header.split(","))
    lines = [
        _Line(table, number, tuple(row.split(","))) for number, row in enumerate(rows, start=2)
    ]
    for line in lines:
        if len(line.cells) != width:
            raise line.error(f"{len(line.cells)} cells came, wanted {width}: {header}")
    return lines


def _rows(
    lines: list[_Line], read: Callable[[_Line], _Row], key: Callable[[_Row], object]
) -> tuple[_Row, ...]:
    """The rows as values, no two with one key."""
    rows: dict[object, _Row] = {}
    for line in lines:
        row = read(line)
        if rows.setdefault(key(row), row) is not row:
            raise line.error(f"{','.join(line.cells[:2])!r:.80} is listed twice")
    return tuple(rows.values())


def _city(line: _Line) -> tuple[str, str]:
    city, region = map(line.name, line.cells)
    if _LINK_WORDS.intersection(city.lower().split()):
        raise line.error(f"{city!r} has the word from or to in it, so no route could be read")
    return city, region


def _query(problem: Problem, regions: Mapping[str, str]) -> Query:
    fields = _query_fields(problem.statement["query"])
    days, people = (fields[key].count(fields[key].cells[1], least=1) for key in ("days", "people"))
    cities = fields["cities"].count(fields["cities"].cells[1], least=1)
    start = fields["from"].one_of(fields["from"].cells[1], regions)
    to = fields["to"]
    destination = to.one_of(to.cells[1], {*regions, *regions.values()})
    if destination == start or (destination in regions and destination in regions.values()):
        raise to.error(f"{destination!r} has to be another city than the start, or a region")
    if cities >= days:
        raise fields["cities"].error(f"{cities} cities take more than {days} days")
    wishes = {key: fields[key].cells[1] for key in _OPTIONAL if key in fields}
    for key, words in (
        ("room rule", RULES),
        ("room type", ROOM_WISHES),
        ("transportation", BANS),
    ):
        if key in wishes:
            fields[key].one_of(wishes[key], words)
    cuisine = fields.get("cuisine")
    return Query(
        days,
        start,
        destination,
        cities,
        people,
        fields["budget"].count(fields["budget"].cells[1]),
        wishes.get("room rule"),
        wishes.get("room type"),
        cuisine.names(cuisine.cells[1], ", ") if cuisine else (),
        wishes.get("transportation"),
    )


def _query_fields(text: str) -> dict[str, _Line]:
    """The lines of a query by key: those that have to be there, then any of the others."""
    fields: dict[str, _Line] = {}
    order = (*_REQUIRED, *_OPTIONAL)
    place = 0
    for number, row in enumerate(text.removesuffix("\n").split("\n"), start=1):
        key, mark, value = row.partition(": ")
        line = _Line("query", number, (key, value))
        if not mark or key not in order[place:]:
            wanted = ", ".join(order[place:]) or "nothing more"
            raise line.error(f"{row!r:.80} came, wanted KEY: VALUE with one of {wanted}")
        place = order.index(key) + 1
        fields[key] = line
    if missing := [key for key in _REQUIRED if key not in fields]:
        raise ProblemError(f"a query needs a line for {missing[0]!r}", source="query")
    return fields
