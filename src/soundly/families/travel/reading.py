"""From an answer to the plan that it proposes: which piece of the text counts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.travel.plan import FIELDS, NOTHING, UNCLEAR, Day, Plan, format_plan
from soundly.reading import answer_blocks, claim_of_no_solution, fenced, spoken

WANTED = (
    "write a JSON list with one object for each day between the lines [ANSWER] and [ANSWER END]"
)
_NOUNS = ("plan", "trip", "itinerary", "travel plan")
_LIST = re.compile(r"^[ \t]*\[\s{0,99}\{", re.MULTILINE)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_DAY = re.compile(
    r"^[ \t>*_#-]{0,9}Day[ \t]{1,3}(\d{1,9})\b[ \t*_]{0,9}:?[ \t*_]{0,9}$",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(r"[ \t>*_#-]{0,9}([A-Za-z][A-Za-z _-]{2,20}?)[*_]{0,3}:[*_]{0,3}(?:\s|$)")
_PLACES = {field: place for place, field in enumerate(FIELDS)}
_LONGEST = 100
_BESIDE = frozenset({"idx", "query"})
_SYNONYMS = {"day": "days", "attractions": "attraction", "city": "current_city"}

_Pairs: TypeAlias = tuple[tuple[str, object], ...]


def read_answer(text: str) -> Reading:
    """The plan that an answer proposes, and nothing judged about it.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block that is not blank; the last code fence that begins with a JSON list or with
    ``Day 1``; a claim that there is no plan behind the last day; the last JSON list of objects that
    begins a line; the last ``Day 1`` and what follows it.

    A plan is a JSON list of days, an object with such a list under "plan", or paragraphs under
    headings ``Day 1:`` with lines such as ``Lunch: NAME, CITY``. Nothing, written as null, as
    an empty text or as "-", is one thing; so are "Current City" and "current_city". What else
    stands in the piece is kept under the name "unclear", for the critic.
    """
    said = spoken(text)
    blocks = [piece for piece in answer_blocks(said) if piece.strip()]
    pieces = blocks or [piece for piece in fenced(said) if _begins_a_plan(piece)]
    if blocks and not _holds_a_plan(blocks[-1]) and (claim := _claim(blocks[-1])):
        return ClaimedUnsolvable(claim)
    if not pieces:
        plan, behind = _last_plan(said)
        if claim := _claim(behind):
            return ClaimedUnsolvable(claim)
        if not plan:
            return _unreadable(f"no plan was found in the answer: {WANTED}")
        pieces = [plan]
    return _read(_FENCE.sub("", pieces[-1]).strip())


def _read(piece: str) -> Reading:
    listed = _LIST.search(piece)
    try:
        if piece[:1] in ("[", "{"):
            plan = _json_plan(piece)
        elif listed:
            before = piece[: listed.start()].strip()
            plan = (_unclear(before), *_json_plan(piece[listed.start() :].strip()))
        else:
            plan = _text_plan(piece)
    except RecursionError:
        return _unreadable(f"the plan is nested too deeply: {WANTED}")
    except ValueError as error:
        return _unreadable(f"the plan is not JSON: {error!s:.200}; {WANTED}")
    return Found(plan, format_plan(plan), piece)


def _json_plan(piece: str) -> Plan:
    """The days of a JSON text; raises `ValueError` where it is none."""
    decoder = json.JSONDecoder(
        object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=str
    )
    value, end = decoder.raw_decode(piece)
    days: list[Day] = []
    if not isinstance(value, list):
        fields: _Pairs = value if isinstance(value, tuple) else ()
        lists = [each for key, each in fields if key == "plan"]
        others = [pair for pair in fields if pair[0] != "plan" and pair[0] not in _BESIDE]
        if len(lists) != 1 or not isinstance(lists[0], list):
            message = "a list of days was expected"
            raise ValueError(message)
        value = lists[0]
        days += [_day(others)] if others else []
    days = [_day(each) if isinstance(each, tuple) else _unclear(each) for each in value] + days
    rest = piece[end:].strip()
    return (*days, _unclear(rest)) if rest else tuple(days)


def _text_plan(piece: str) -> Plan:
    """The days of a text with headings; a text without any is one day that is not clear."""
    days: list[list[tuple[str, object]]] = []
    for line in piece.split("\n"):
        if not line.strip():
            continue
        if heading := _DAY.match(line):
            days.append([("days", heading[1])])
            continue
        label = _LABEL.match(line)
        if not days:
            days.append([])
        if label and _is_field(line):
            days[-1].append((label[1], line[label.end() :]))
        else:
            days[-1].append((UNCLEAR, line))
    return tuple(_day(day) for day in days)


def _day(pairs: Iterable[tuple[str, object]]) -> Day:
    """The fields of a day in order: those of a plan, then others."""
    fields = [(_key(key[:_LONGEST]), _text(value)) for key, value in pairs]
    return tuple(sorted(fields, key=lambda pair: (_PLACES.get(pair[0], len(FIELDS)), pair)))


def _unclear(value: object) -> Day:
    return ((UNCLEAR, _text(value)),)


@lru_cache(maxsize=1024)
def _key(key: str) -> str:
    """A field's name in one spelling; only letters from A to Z change."""
    plain = _clean(key).replace(" ", "_").replace("-", "_")
    lower = plain.lower() if plain.isascii() else plain
    return _SYNONYMS.get(lower, lower)


def _text(value: object) -> str:
    """What a field holds, as one line; a list is joined as attractions are."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(map(_text, value)) or NOTHING
    if not isinstance(value, str):
        value = "" if value is None else json.dumps(value)
    bare = _clean(value).strip("*")
    if bare.endswith(".") and bare[-2:-1].isalnum():
        bare = bare[:-1]
    return bare.strip() or NOTHING


def _clean(text: str) -> str:
    """A text on one line that can be written as UTF-8: lone surrogates become question marks."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())


def _begins_a_plan(piece: str) -> bool:
    bare = piece.lstrip()
    return bare[:1] in ("[", "{") or _DAY.match(bare) is not None


def _holds_a_plan(piece: str) -> bool:
    return _LIST.search(piece) is not None or _DAY.search(piece) is not None


def _last_plan(text: str) -> tuple[str, str]:
    """The last list of objects that begins a line, or else the last days, and what is behind."""
    lists = [match.start() for match in _LIST.finditer(text)]
    if lists:
        begun = text[lists[-1] :].lstrip()
        try:
            _, end = json.JSONDecoder(parse_int=str).raw_decode(begun)
        except (ValueError, RecursionError):
            return begun, ""
        return begun[:end], begun[end:]
    days = [match.start() for match in _DAY.finditer(text) if match[1] == "1"]
    if not days:
        return "", text
    lines = text[days[-1] :].split("\n")
    while not (_DAY.match(lines[-1]) or _is_field(lines[-1])):
        lines.pop()
    plan = "\n".join(lines)
    return plan, text[days[-1] + len(plan) :]


def _is_field(line: str) -> bool:
    label = _LABEL.match(line)
    return label is not None and _key(label[1]) in FIELDS


def _claim(piece: str) -> str | None:
    return claim_of_no_solution(piece, nouns=_NOUNS)


def _unreadable(message: str) -> Unreadable:
    return Unreadable(Critique("unreadable", message))
