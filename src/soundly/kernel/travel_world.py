"""Reading the statement of a trip: the query and the six tables of the world.

``query`` has lines such as ``days: 5``; the tables are lines of cells parted by commas under a
fixed header, and lists in a cell are parted by "; ".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from soundly.kernel.amount import amount
from soundly.kernel.refused import Refused

RULES = frozenset({"smoking", "parties", "children under 10", "visitors", "pets"})
TYPES = frozenset({"shared room", "private room", "entire room"})

_HEADERS = {
    "cities": "city,region",
    "flights": "number,day,from,to,departs,arrives,price",
    "roads": "between,and,minutes,kilometres,self-driving,taxi",
    "lodgings": "name,city,price,room type,minimum nights,maximum occupancy,forbids",
    "restaurants": "name,city,cost,cuisines",
    "attractions": "name,city",
}
_ASKED = ("days", "from", "to", "cities", "people", "budget")
_WISHED = ("room rule", "room type", "cuisine", "transportation")
_WISHES = {
    "room rule": RULES,
    "room type": TYPES | {"not shared room"},
    "transportation": frozenset({"no flight", "no self-driving"}),
}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,6}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '&.-]{0,58}[A-Za-z0-9]")
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Trip:
    """A statement as values. Every price is for the whole party already.

    ``flights``: number and day to ends, price of the party, and what may be said of it; ``roads``:
    mode and ends, in either order, to price and what may be said; ``beds``: name and city to the
    price of a night, minimum nights, and whether rule and type are met; ``tables``: name and city
    to the price of a meal and its cuisines.
    """

    days: int
    start: str
    count: int
    budget: int
    cuisines: frozenset[str]
    ban: str
    candidates: frozenset[str]
    flights: Mapping[tuple[str, int], tuple[tuple[str, str], int, Mapping[str, str]]]
    roads: Mapping[tuple[str, str, str], tuple[int, Mapping[str, str]]]
    beds: Mapping[tuple[str, str], tuple[int, int, bool]]
    tables: Mapping[tuple[str, str], tuple[int, frozenset[str]]]
    sights: frozenset[tuple[str, str]]


def read_trip(statement: Mapping[str, object]) -> Trip:
    """The trip that a statement spells; refuses whatever could be read in two ways."""
    if set(statement) != {"query", *_HEADERS}:
        raise Refused(f"the statement has to have the texts query, {', '.join(_HEADERS)}")
    rows = {table: _rows(statement[table], table) for table in _HEADERS}
    regions: dict[str, str] = {}
    for city, region in rows["cities"]:
        if {"from", "to"} & set(city.lower().split(" ")):
            raise Refused(f"{city} has the word from or to in it")
        _once(regions, _name(city), _name(region))
    query = _query(statement["query"])
    start, to = query["from"], query["to"]
    if start not in regions or to == start or (to in regions) == (to in regions.values()):
        raise Refused("the trip has to go from one city to another, or to a region")
    people, days, count = (_number(query[key], 1) for key in ("people", "days", "cities"))
    if count >= days:
        cities = amount(count, "city takes", "cities take")
        raise Refused(f"{cities} more than {amount(days, 'day')}")
    rule, kind = query.get("room rule", ""), query.get("room type", "")
    return Trip(
        days=days,
        start=start,
        count=count,
        budget=_number(query["budget"]),
        cuisines=_parts(query.get("cuisine", ""), ", "),
        ban=query.get("transportation", ""),
        candidates=frozenset(c for c, r in regions.items() if to in (c, r) and c != start),
        flights=_flights(rows["flights"], regions, people),
        roads=_roads(rows["roads"], regions, people),
        beds=_beds(rows["lodgings"], regions, people, rule, kind),
        tables=_tables(rows["restaurants"], regions, people),
        sights=_sights(rows["attractions"], regions),
    )


def _flights(
    rows: list[list[str]], regions: Mapping[str, str], people: int
) -> dict[tuple[str, int], tuple[tuple[str, str], int, Mapping[str, str]]]:
    flights: dict[tuple[str, int], tuple[tuple[str, str], int, Mapping[str, str]]] = {}
    for number, day, start, end, departs, arrives, price in rows:
        if not _CLOCK.fullmatch(departs) or not _CLOCK.fullmatch(arrives):
            raise Refused(f"flight {number} leaves or arrives at no time of day")
        said = {"Departure Time": departs, "Arrival Time": arrives, "Cost": price}
        cost = _number(price) * people
        key = (_name(number), _number(day, 1))
        _once(flights, key, (_ends(start, end, regions), cost, said))
    return flights


def _roads(
    rows: list[list[str]], regions: Mapping[str, str], people: int
) -> dict[tuple[str, str, str], tuple[int, Mapping[str, str]]]:
    roads: dict[tuple[str, str, str], tuple[int, Mapping[str, str]]] = {}
    for first, second, minutes, kilometres, own, taxi in rows:
        _ends(first, second, regions)
        said = {
            "Duration": f"{_number(minutes)} minutes",
            "Distance": f"{_number(kilometres)} km",
        }
        for mode, price, seats in (("self-driving", own, 5), ("taxi", taxi, 4)):
            cost = _number(price) * ((people + seats - 1) // seats)
            for ends in ((first, second), (second, first)):
                _once(roads, (mode, *ends), (cost, {**said, "Cost": price}))
    return roads


def _beds(
    rows: list[list[str]], regions: Mapping[str, str], people: int, rule: str, kind: str
) -> dict[tuple[str, str], tuple[int, int, bool]]:
    beds: dict[tuple[str, str], tuple[int, int, bool]] = {}
    for name, city, price, room, nights, occupancy, forbids in rows:
        forbidden = _parts(forbids, "; ")
        if room not in TYPES or not forbidden <= RULES:
            raise Refused(f"{name} is of an unknown type, or forbids something unknown")
        wanted = room != "shared room" if kind == "not shared room" else kind in ("", room)
        held = _number(occupancy, 1)
        cost = _number(price) * ((people + held - 1) // held)
        suits = wanted and rule not in forbidden
        _once(beds, (_name(name), _known(city, regions)), (cost, _number(nights, 1), suits))
    return beds


def _tables(
    rows: list[list[str]], regions: Mapping[str, str], people: int
) -> dict[tuple[str, str], tuple[int, frozenset[str]]]:
    tables: dict[tuple[str, str], tuple[int, frozenset[str]]] = {}
    for name, city, cost, cuisines in rows:
        key = (_name(name), _known(city, regions))
        _once(tables, key, (_number(cost) * people, _parts(cuisines, "; ")))
    return tables


def _sights(rows: list[list[str]], regions: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    sights: dict[tuple[str, str], str] = {}
    for name, city in rows:
        _once(sights, (_name(name), _known(city, regions)), name)
    return frozenset(sights)


def _rows(text: object, table: str) -> list[list[str]]:
    header, *lines = _text(text, table).split("\n")
    if header != _HEADERS[table]:
        raise Refused(f"the table of {table} has to begin with {_HEADERS[table]}")
    rows = [line.split(",") for line in lines]
    if any(len(row) != header.count(",") + 1 for row in rows):
        raise Refused(f"a line of the table of {table} has too few cells, or too many")
    return rows


def _query(text: object) -> dict[str, str]:
    lines = [line.partition(": ") for line in _text(text, "query").split("\n")]
    query = {key: value for key, _, value in lines}
    order = [*_ASKED, *(key for key in _WISHED if key in query)]
    if [key for key, _, _ in lines] != order:
        raise Refused(f"the query has to have the lines {', '.join(_ASKED)}, and wishes in order")
    for key, words in _WISHES.items():
        if key in query and query[key] not in words:
            raise Refused(f"{query[key]!r:.60} is no {key} that can be asked for")
    return query


def _text(text: object, what: str) -> str:
    if not isinstance(text, str):
        raise Refused(f"{what} has to be a text")
    return text.removesuffix("\n")


def _parts(text: str, mark: str) -> frozenset[str]:
    parts = [_name(part) for part in text.split(mark)] if text else []
    if len(set(parts)) != len(parts):
        raise Refused(f"{text!r:.60} lists something twice")
    return frozenset(parts)


def _ends(start: str, end: str, regions: Mapping[str, str]) -> tuple[str, str]:
    if start == end:
        raise Refused(f"{start} is joined to itself")
    return _known(start, regions), _known(end, regions)


def _known(city: str, regions: Mapping[str, str]) -> str:
    if city not in regions:
        raise Refused(f"{city!r:.60} is no city of the world")
    return city


def _once(table: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if key in table:
        raise Refused(f"{key!r:.80} is listed twice")
    table[key] = value


def _name(text: str) -> str:
    if not _NAME.fullmatch(text) or "  " in text:
        raise Refused(f"{text!r:.80} is no name")
    return text


def _number(text: str, least: int = 0) -> int:
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise Refused(f"{text!r:.60} is no number from {least}")
    return int(text)
