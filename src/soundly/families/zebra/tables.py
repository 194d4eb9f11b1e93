"""Answers that are tables, or JSON: which house each cell belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Placing: TypeAlias = tuple[str | None, str]
"""A house and what is said of it; None where no house was named."""

_HOUSE = re.compile(
    r"[ *_`]{0,9}(?:house|position)?[ _]?#?([0-9]{1,6})[ *_`.:)]{0,9}", re.IGNORECASE | re.ASCII
)
_RULE = re.compile(r"[\s|:=+-]*")
_HOUSE_KEYS = ("house", "position", "number", "house_number")
_WRAPPERS = ("solution", "answer", "houses", "grid", "rows")


def from_table(lines: Sequence[str]) -> list[Placing]:
    """What a table of lines such as ``| 1 | red | cat |`` says.

    Houses stand down the first column or along the first row, and the other one, where it is there,
    names the attributes. A row that is neither is kept, without a house.
    """
    inner = [line.strip().removeprefix("|").removesuffix("|") for line in lines]
    rows = [[cell.strip() for cell in line.split("|")] for line in inner]
    rows = [row for row in rows if not _RULE.fullmatch("|".join(row))]
    if not rows:
        return []
    across = [_number(cell) for cell in rows[0][1:]]
    if not _number(rows[0][0]) and across and all(across):
        return [
            (house, f"{row[0]}: {cell}")
            for row in rows[1:]
            for house, cell in zip([*across, *[None] * len(row)], row[1:], strict=False)
        ]
    header = [] if _number(rows[0][0]) else rows.pop(0)[1:]
    placings: list[Placing] = []
    for row in rows:
        house = _number(row[0])
        if house is None or (header and len(row) > len(header) + 1):
            placings.append((None, " ".join(row)))
            continue
        labels = [*(f"{label}: " for label in header), *[""] * len(row)]
        placings += [
            (house, f"{label}{cell}") for label, cell in zip(labels, row[1:], strict=False)
        ]
    return placings


def from_json(text: str) -> list[Placing] | None:
    """What a JSON text says; None where it is none.

    Houses may be the keys of an object, the places of a list, or fields of its members; values are
    strings, lists, or objects from attributes to values. Also read is ``{"header": …, "rows": …}``.
    What is none of this is kept, without a house.
    """
    if text[:1] not in ("{", "["):
        return None
    try:
        value = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_Pairs)
        return list(_placings(value))
    except (ValueError, RecursionError):
        return None


class _Pairs(list[tuple[str, object]]):
    """An object of JSON as it was written: a key that comes twice stays twice."""


def _placings(value: object) -> Iterator[Placing]:
    match value:
        case _Pairs() if (rows := _with_header(value)) is not None:
            yield from from_table(rows)
        case _Pairs() if len(value) == 1 and value[0][0].lower() in _WRAPPERS:
            yield from _placings(value[0][1])
        case _Pairs():
            for key, said in value:
                house = _number(key)
                for each in _said(said):
                    yield house, each if house else f"{key}: {each}"
        case list():
            for place, member in enumerate(value, start=1):
                yield from _member(member, place)
        case _:
            yield None, str(value)


def _member(member: object, place: int) -> Iterator[Placing]:
    house: str | None = str(place)
    said: object = member
    if isinstance(member, _Pairs):
        named = [each for key, each in member if key.lower() in _HOUSE_KEYS]
        if named:
            house = _number(str(named[0])) if len(named) == 1 else None
        said = _Pairs((k, each) for k, each in member if k.lower() not in _HOUSE_KEYS)
    for each in _said(said):
        yield house, each


def _said(value: object) -> Iterator[str]:
    """The strings in the value of a house, attributes before them."""
    match value:
        case _Pairs():
            for key, said in value:
                yield f"{key}: {said}"
        case list():
            for said in value:
                yield str(said)
        case _:
            yield str(value)


def _with_header(pairs: _Pairs) -> list[str] | None:
    """The lines of the table that header and rows make up."""
    fields = dict(pairs)
    header, rows = fields.get("header"), fields.get("rows")
    if len(pairs) != 2 or not isinstance(header, list) or not isinstance(rows, list):
        return None
    if not all(isinstance(row, list) for row in rows):
        return None
    return ["|".join(str(cell) for cell in row) for row in (header, *rows)]


def _number(cell: str) -> str | None:
    match = _HOUSE.fullmatch(cell)
    return match[1] if match else None
