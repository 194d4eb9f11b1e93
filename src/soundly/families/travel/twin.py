"""A second opinion: each constraint as one plain question to the rows of the tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

Row: TypeAlias = dict[str, str]

_FIELDS = ["days", "current_city", "transportation", "breakfast", "attraction", "lunch", "dinner"]
_FIELDS += ["accommodation"]
_MEALS = ("breakfast", "lunch", "dinner")


def is_right(statement: Mapping[str, str], canonical: str) -> bool:
    """Whether a plan, as its canonical text spells it, is right.

    Reads the statement by itself and shares no code with the critic. It asks for the first
    constraint that is broken and no more.
    """
    asked, tables = _read(tuple(sorted(statement.items())))
    listed = json.loads(canonical.split("\n", 1)[1].rsplit("\n", 1)[0], object_pairs_hook=list)
    if [[pair[0] for pair in day] for day in listed] != [_FIELDS] * int(asked["days"]):
        return False
    days = [dict(day) for day in listed]
    if [day["days"] for day in days] != [str(at + 1) for at in range(len(days))]:
        return False
    nights = _places(days, asked, tables["cities"])
    if nights is None:
        return False
    costs = [
        _journeys(days, nights, asked, tables),
        _meals(days, nights, asked, tables["restaurants"]),
        _sights(days, nights, tables["attractions"]),
        _beds(days, nights, asked, tables["lodgings"]),
    ]
    return None not in costs and sum(filter(None, costs)) <= int(asked["budget"])


@lru_cache(maxsize=64)
def _read(statement: tuple[tuple[str, str], ...]) -> tuple[Row, dict[str, dict[str, Row]]]:
    """The query by key; each table by what its rows are called in a plan."""
    texts = dict(statement)
    asked = dict(line.split(": ", 1) for line in texts.pop("query").splitlines())
    names = {
        "cities": "{city}",
        "roads": "{between}/{and}",
        "flights": "{number}/{day}/{from}/{to}",
    }
    tables = {
        table: {
            names.get(table, "{name}, {city}").format(**row): row
            for row in csv.DictReader(text.splitlines())
        }
        for table, text in texts.items()
    }
    return asked, tables


def _places(days: list[Row], asked: Row, cities: dict[str, Row]) -> list[str] | None:
    """Where the traveller is on each evening, the evening before the trip first; None if wrong."""
    nights = [asked["from"]]
    for day in days:
        here, said = nights[-1], day["current_city"]
        begins = [f"from {here} to ", f"From {here} to "]
        onward = [said.removeprefix(each) for each in begins if said.startswith(each)]
        nights += onward or [said]
        if onward == [here] or not (onward or said == here):
            return None
    middle = nights[1:-1]
    goals = [cities[city] for city in middle if city in cities]
    visits = [middle[0], *(b for a, b in pairwise(middle) if a != b)]
    right = (
        nights[-1] == asked["from"]
        and asked["from"] not in middle
        and len(goals) == len(middle)
        and all(asked["to"] in goal.values() for goal in goals)
        and len(visits) == len(set(visits)) == int(asked["cities"])
    )
    return nights if right else None


def _journeys(
    days: list[Row], nights: list[str], asked: Row, tables: dict[str, dict[str, Row]]
) -> int | None:
    people, cost, kinds = int(asked["people"]), 0, set()
    for at, day in enumerate(days):
        here, there, text = nights[at], nights[at + 1], day["transportation"]
        if here == there:
            if text != "-":
                return None
            continue
        kind, *said = text.split(", ")
        road = tables["roads"].get(f"{here}/{there}") or tables["roads"].get(f"{there}/{here}")
        number = kind.partition(": ")[2]
        flight = tables["flights"].get(f"{number}/{at + 1}/{here}/{there}")
        known = {"": ""}
        if kind == f"{kind[:13]}: {number}" and kind[:13].lower() == "flight number" and flight:
            known = {"Departure Time": flight["departs"], "Arrival Time": flight["arrives"]}
            known["Cost"], group = flight["price"], 1
            kinds.add("flight")
        elif kind.isascii() and kind.lower() in ("taxi", "self-driving") and road:
            known["Duration"] = road["minutes"] + " minutes"
            known["Distance"] = road["kilometres"] + " km"
            known["Cost"], group = road[kind.lower()], 4 if kind.lower() == "taxi" else 5
            kinds.add(kind.lower())
        else:
            return None
        facts = [f"{key}: {value}" for key, value in known.items() if key]
        if said[:1] not in ([f"from {here} to {there}"], [f"From {here} to {there}"]):
            return None
        if not set(said[1:]) <= set(facts):
            return None
        cost += int(known["Cost"]) * -(-people // group)
    mixed = "self-driving" in kinds and len(kinds) > 1
    return None if mixed or asked.get("transportation", "no")[3:] in kinds else cost


def _meals(days: list[Row], nights: list[str], asked: Row, rows: dict[str, Row]) -> int | None:
    eaten: list[Row] = []
    for at, day in enumerate(days):
        here = {nights[at], nights[at + 1]}
        meals = [rows.get(day[meal]) for meal in _MEALS if day[meal] != "-"]
        if len(here) == 1 and len(meals) < 3:
            return None
        for row in meals:
            if row is None or row["city"] not in here or row in eaten:
                return None
            eaten.append(row)
    away = [row for row in eaten if row["city"] != asked["from"]]
    kinds = {kind for row in away for kind in row["cuisines"].split("; ")}
    wanted = asked["cuisine"].split(", ") if asked.get("cuisine") else []
    return sum(int(r["cost"]) for r in eaten) * int(asked["people"]) if kinds >= {*wanted} else None


def _sights(days: list[Row], nights: list[str], rows: dict[str, Row]) -> int | None:
    seen: list[str] = []
    for at, day in enumerate(days):
        here = {nights[at], nights[at + 1]}
        if day["attraction"] == "-":
            if len(here) == 1:
                return None
            continue
        for text in day["attraction"].removesuffix(";").split(";"):
            if text.strip() not in rows or rows[text.strip()]["city"] not in here:
                return None
            seen.append(text.strip())
    return 0 if len(seen) == len(set(seen)) else None


def _beds(days: list[Row], nights: list[str], asked: Row, rows: dict[str, Row]) -> int | None:
    texts = [day["accommodation"] for day in days]
    cost, people, wish = 0, int(asked["people"]), asked.get("room type", "")
    for at, text in enumerate(texts):
        if text == "-" and at == len(days) - 1:
            continue
        row = rows.get(text)
        if row is None or row["city"] != nights[at + 1]:
            return None
        first, last = at, at
        while first > 0 and texts[first - 1] == text:
            first -= 1
        while last + 1 < len(texts) and texts[last + 1] == text:
            last += 1
        kind = row["room type"]
        if last - first + 1 < int(row["minimum nights"]):
            return None
        if asked.get("room rule", "none") in row["forbids"].split("; "):
            return None
        if wish and kind != wish and not (wish[:4] == "not " and kind != wish[4:]):
            return None
        cost += int(row["price"]) * -(-people // int(row["maximum occupancy"]))
    return cost
