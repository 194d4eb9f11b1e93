"""What an answer proposes: days, each with its fields, and what stands in a field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError

FIELDS = (
    "days",
    "current_city",
    "transportation",
    "breakfast",
    "attraction",
    "lunch",
    "dinner",
    "accommodation",
)
MEALS = ("breakfast", "lunch", "dinner")
NOTHING = "-"
UNCLEAR = "unclear"
"""Under this name stands what was written in a plan and is no field of it."""

Day: TypeAlias = tuple[tuple[str, str], ...]
Plan: TypeAlias = tuple[Day, ...]
"""A plan as read: pairs of field and text, in the order of `FIELDS` and then of other names."""

_MODES = {"self-driving": "self-driving", "taxi": "taxi"}
_FLIGHT = "flight number: "
# In a string no mark of an answer, a fence or a thought can be read; a day has no other bracket.
_OPENING = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "[<`~"})


@dataclass(frozen=True, slots=True)
class Named:
    """A place as an answer names it."""

    name: str
    city: str


@dataclass(frozen=True, slots=True)
class Leg:
    """A journey as an answer tells it; ``number`` is a flight's, and empty for a car.

    ``details`` are what else was stated, such as ``("Departure Time", "05:38")``.
    """

    mode: str
    number: str
    start: str
    end: str
    details: tuple[tuple[str, str], ...] = ()


def plan_of(candidate: Candidate) -> Plan:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not isinstance(solution, tuple):
        raise CriticError(f"a plan is a tuple of days, not a {type(solution).__name__}")
    for day in solution:
        if not (isinstance(day, tuple) and all(map(_is_pair, day))):
            raise CriticError(f"a day has pairs of field and text, not {day!r:.80}")
    return solution


def format_plan(plan: Iterable[Iterable[tuple[str, str]]]) -> str:
    """A plan as an answer spells it: a JSON list of days in an answer block."""
    days = ",\n".join(_spelt(tuple(day)) for day in plan)
    return f"[ANSWER]\n[{days.translate(_OPENING)}]\n[ANSWER END]"


def day_of(fields: Mapping[str, str]) -> Day:
    """A day from its fields; those that are not given hold nothing."""
    return tuple((field, fields.get(field, NOTHING)) for field in FIELDS)


def read_route(text: str) -> tuple[str, str] | None:
    """The two ends in ``from A to B``; None for any other text."""
    words = text.split(" ")
    if words[0] not in ("from", "From") or words.count("to") != 1:
        return None
    at = words.index("to")
    return " ".join(words[1:at]), " ".join(words[at + 1 :])


def read_named(text: str) -> Named | None:
    """The place in ``NAME, CITY``; None for any other text."""
    parts = text.split(", ")
    return Named(*parts) if len(parts) == 2 else None


def read_leg(text: str) -> Leg | None:
    """The journey in such texts as ``Taxi, from A to B``; None for any other text."""
    parts = text.split(", ")
    route = read_route(parts[1]) if len(parts) > 1 else None
    if route is None:
        return None
    details = tuple(_detail(part) for part in parts[2:])
    head = parts[0]
    if head[: len(_FLIGHT)].lower() == _FLIGHT and head.isascii():
        return Leg("flight", head[len(_FLIGHT) :], *route, details)
    mode = _MODES.get(head.lower()) if head.isascii() else None
    return Leg(mode, "", *route, details) if mode else None


def _detail(part: str) -> tuple[str, str]:
    key, _, value = part.partition(": ")
    return key, value


def _is_pair(pair: object) -> bool:
    return isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(e, str) for e in pair)


def _spelt(day: Day) -> str:
    """A day as a JSON object; a field that is given twice stands in it twice."""
    fields = dict(day)
    if len(fields) == len(day):
        return json.dumps(fields)
    return "{" + ", ".join(f"{json.dumps(key)}: {json.dumps(text)}" for key, text in day) + "}"
