"""From an answer to the trip that it proposes: stays and flights, each with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.naturalplan.choosing import DECORATION, bare, chosen_piece

Step: TypeAlias = tuple[str, ...]
"""``("stay", first, last, city, days)``, days being "" where left out, or ``("fly", day, from,
to)``, all as words; ``("unclear", text)`` for what is neither."""

WANTED = (
    "write lines such as 'Day 1-4: Visit Ghent for 4 days.' and 'Day 4: Fly from Ghent to Cork.' "
    "between [ANSWER] and [ANSWER END]"
)

_NAMED = r"([^|:,;.()\[\]*\d\n]{1,60}?)"
_DAY = r"Days? ([0-9]{1,5})"
_STAY = re.compile(
    rf"{_DAY}(?: ?(?:-|\u2013|to) ?([0-9]{{1,5}}))? ?: ?(?:Arriv(?:e|ing) in {_NAMED} and )?"
    rf"(?:Visit|Stay in) {_NAMED}(?: for ([0-9]{{1,5}}) days?)?",
    re.IGNORECASE | re.ASCII,
)
_FLY = re.compile(
    rf"{_DAY} ?: ?(?:Take a flight|Fly) from {_NAMED} to {_NAMED}", re.IGNORECASE | re.ASCII
)
_BEGINS = re.compile(r"[*\"]{0,3}Days? [0-9]", re.IGNORECASE | re.ASCII)
_LONGEST = 250
_NOUNS = ("plan", "trip", "trip plan", "itinerary", "order", "route")


def read_trip_plan(text: str) -> Reading:
    """The trip that an answer proposes, and nothing judged about it.

    Which piece counts is the rule of `soundly.families.naturalplan.choosing`. Each line is one
    step; a line that is none is kept, for the critic.
    """
    piece = chosen_piece(text, begins=lambda line: bool(_BEGINS.match(line)), nouns=_NOUNS)
    if isinstance(piece, ClaimedUnsolvable):
        return piece
    steps = tuple(_steps(piece.text if piece is not None else ""))
    if piece is None or not steps:
        return Unreadable(Critique("unreadable", f"no trip was found in the answer: {WANTED}"))
    return Found(steps, format_trip(steps), piece.text.strip())


def format_trip(steps: Sequence[Step]) -> str:
    """A trip as an answer spells it."""
    return "\n".join(["[ANSWER]", *map(sentence, steps), "[ANSWER END]"])


def sentence(step: Step) -> str:
    """One step in words."""
    match step:
        case ("stay", first, last, city, days):
            how_long = f" for {days} days" if days else ""
            return f"Day {first}-{last}: Visit {city}{how_long}."
        case ("fly", day, start, end):
            return f"Day {day}: Fly from {start} to {end}."
        case _:
            return step[-1]


def _steps(piece: str) -> Iterator[Step]:
    for line in piece.split("\n"):
        words = bare(line.translate(DECORATION))
        if words.strip(" ~"):
            yield _step(words)


def _step(words: str) -> Step:
    if len(words) <= _LONGEST:
        said = words.removesuffix(".").rstrip()
        if (match := _STAY.fullmatch(said)) and match[3] in (None, match[4]):
            first, days = str(int(match[1])), str(int(match[5])) if match[5] else ""
            return "stay", first, str(int(match[2])) if match[2] else first, match[4], days
        if match := _FLY.fullmatch(said):
            return "fly", str(int(match[1])), match[2], match[3]
    return "unclear", words
