"""Natural Plan's data files, read item by item; what cannot be read is named and left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from soundly.core.errors import ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.families.naturalplan.calendars.calendar import calendar_of
from soundly.families.naturalplan.meetings.day import day_of
from soundly.families.naturalplan.official.calendar_prompt import read_calendar_prompt
from soundly.families.naturalplan.official.meeting_prompt import read_meeting_prompt, require_same
from soundly.families.naturalplan.official.trip_prompt import Windows, read_trip_prompt
from soundly.families.naturalplan.trips.trip import trip_of

_GoldenPlan: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One item of a file, as a problem of ours.

    ``golden`` is the golden plan, its steps one by one where the file has them so. ``cities`` and
    ``durations`` are a trip's golden ones, as the file spells them. ``responses`` has the recorded
    answers of models, by the name of their field, such as "pred_5shot_pro".
    """

    id: str
    problem: Problem
    golden: _GoldenPlan
    responses: Mapping[str, str]
    cities: str = ""
    durations: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item, or a field of it, that was left out."""

    source: str
    id: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.id}: {self.field}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Official:
    """What a file holds, and what of it could not be read."""

    items: tuple[Item, ...]
    skipped: tuple[Skipped, ...]


def read_official(
    text: str, *, source: str = "natural plan", windows: Windows = "worded"
) -> Official:
    """The items of a data file: calendars, meetings or trips, told apart by their fields.

    The prompt without examples is read, or, where there is none, the last task of the one with
    five. An item that cannot be read is skipped with its id, field and reason, and the others go
    on. Raises `UsageError` for a text that is not a JSON object of items.
    """
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source} is not JSON: {error}") from error
    if not isinstance(entries, dict):
        raise UsageError(f"{source} is a JSON {type(entries).__name__}, wanted an object of items")
    items: list[Item] = []
    skipped: list[Skipped] = []
    for name, entry in entries.items():
        try:
            items.append(_item(name, entry, windows))
        except _FieldError as error:
            skipped.append(Skipped(source, name, error.field, error.reason))
            continue
        skipped += [
            Skipped(source, name, field, f"a {type(value).__name__} came, wanted a text")
            for field, value in entry.items()
            if field.startswith("pred_") and not isinstance(value, str)
        ]
    return Official(tuple(items), tuple(skipped))


class _FieldError(Exception):
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def _item(name: str, entry: object, windows: Windows) -> Item:
    if not isinstance(entry, dict) or not name:
        raise _FieldError("item", f"a {type(entry).__name__} came, wanted an object with a name")
    field = "prompt_0shot" if "prompt_0shot" in entry else "prompt_5shot"
    prompt = _text(entry, field)
    cities = durations = ""
    try:
        if "cities" in entry or "durations" in entry:
            problem = read_trip_prompt(prompt, windows=windows).problem(name)
            trip_of(problem)
            cities, durations = _golden_trip(entry)
        elif "dist_matrix" in entry or "constraints" in entry:
            day = read_meeting_prompt(prompt)
            require_same(day, entry.get("constraints"), entry.get("dist_matrix"))
            problem = day.problem(name)
            day_of(problem)
        else:
            problem = read_calendar_prompt(prompt).problem(name)
            calendar_of(problem)
    except ProblemError as error:
        raise _FieldError(error.source or field, error.reason) from error
    responses = {
        key: value
        for key, value in entry.items()
        if key.startswith("pred_") and isinstance(value, str)
    }
    return Item(name, problem, _golden(entry), responses, cities, durations)


def _text(entry: Mapping[str, object], field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str):
        came = "nothing" if field not in entry else f"a {type(value).__name__}"
        raise _FieldError(field, f"{came} came, wanted a text")
    return value


def _golden(entry: Mapping[str, object]) -> _GoldenPlan:
    value = entry.get("golden_plan")
    if isinstance(value, list) and all(isinstance(step, str) for step in value):
        return tuple(str(step) for step in value)
    return _text(entry, "golden_plan")


def _golden_trip(entry: Mapping[str, object]) -> tuple[str, str]:
    cities, durations = _text(entry, "cities"), _text(entry, "durations")
    lengths = [each for each in durations.split("**") if each]
    if not all(each.isascii() and each.isdigit() and len(each) < 6 for each in lengths):
        raise _FieldError("durations", f"{durations!r:.60} came, wanted numbers such as 2**3**4")
    if len(lengths) != len([each for each in cities.split("**") if each]):
        raise _FieldError("durations", f"{len(lengths)} came, not one for each of {cities!r:.80}")
    return cities, durations
