"""From an answer to the plan that it proposes: steps, each with what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.naturalplan.choosing import DECORATION, bare, chosen_piece
from soundly.families.naturalplan.clock import TIME, clock, clock_12, minutes

Step: TypeAlias = tuple[str, ...]
"""``("travel", place, minutes, arrival)`` and the like, as words; "" is what was left out.

The others are ``("start", place, time)``, ``("wait", time)``, ``("meet", name, minutes, from,
until)``, and ``("unclear", text)`` for what is no step.
"""

WANTED = (
    "write steps such as 'You travel to Mill Lane in 12 minutes and arrive at 9:12AM.' between "
    "[ANSWER] and [ANSWER END]"
)

_MINUTES = r"([0-9]{1,6}) (?:minutes?|mins?)"
_NAMED = r"([^|:,;.()\[\]*\d\n]{1,60}?)"
_SHAPES = (
    ("start", re.compile(rf"You start at {_NAMED} at ({TIME})", re.IGNORECASE | re.ASCII)),
    (
        "travel",
        re.compile(
            rf"You travel to {_NAMED}(?: in {_MINUTES})?(?:,? and arrive(?: there)? at ({TIME}))?",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    ("wait", re.compile(rf"You wait until ({TIME})", re.IGNORECASE | re.ASCII)),
    (
        "meet",
        re.compile(
            rf"You meet (?:with )?{_NAMED}(?: for {_MINUTES})? from ({TIME}) (?:to|until) ({TIME})",
            re.IGNORECASE | re.ASCII,
        ),
    ),
)
_BEGINS = re.compile(r"[*\"]{0,3}You (?:start|travel|wait|meet)\b", re.IGNORECASE | re.ASCII)
_END = re.compile(r"\.(?=\s|$)|\n")
_LONGEST = 200
_NOUNS = ("plan", "schedule", "itinerary", "way to meet")


def read_plan(text: str) -> Reading:
    """The plan that an answer proposes, and nothing judged about it.

    Which piece counts is the rule of `soundly.families.naturalplan.choosing`, and of lines outside
    a block or a fence what begins with the last "You start". A sentence that is no step is kept,
    for the critic.
    """
    piece = chosen_piece(text, begins=lambda line: bool(_BEGINS.match(line)), nouns=_NOUNS)
    if isinstance(piece, ClaimedUnsolvable):
        return piece
    if piece is None:
        return Unreadable(Critique("unreadable", f"no plan was found in the answer: {WANTED}"))
    steps = list(_steps(piece.text))
    if not piece.set_apart:
        starts = [at for at, step in enumerate(steps) if step[0] == "start"]
        steps = steps[starts[-1] :] if starts else steps
    if not steps:
        return Unreadable(Critique("unreadable", f"the answer has no step: {WANTED}"))
    return Found(tuple(steps), format_plan(steps), piece.text.strip())


def format_plan(steps: list[Step] | tuple[Step, ...]) -> str:
    """A plan as an answer spells it, in the sentences of Natural Plan."""
    return "\n".join(["[ANSWER]", *map(sentence, steps), "[ANSWER END]"])


def sentence(step: Step) -> str:
    """One step in words."""
    match step:
        case ("start", place, time):
            return f"You start at {place} at {_shown(time)}."
        case ("travel", place, taken, arrival):
            how_long = f" in {taken} minutes" if taken else ""
            arriving = f" and arrive at {_shown(arrival)}" if arrival else ""
            return f"You travel to {place}{how_long}{arriving}."
        case ("wait", time):
            return f"You wait until {_shown(time)}."
        case ("meet", who, taken, begin, until):
            how_long = f" for {taken} minutes" if taken else ""
            return f"You meet {who}{how_long} from {_shown(begin)} to {_shown(until)}."
        case _:
            return f"{step[-1]}."


def _steps(piece: str) -> Iterator[Step]:
    for line in piece.split("\n"):
        if line.strip(" \t`~"):
            for said in _END.split(bare(line.translate(DECORATION))):
                if words := bare(said):
                    yield _step(words)


def _step(words: str) -> Step:
    if len(words) <= _LONGEST:
        for kind, shape in _SHAPES:
            if match := shape.fullmatch(words):
                fields = [_normal(field or "") for field in match.groups()]
                if "unclear" not in fields:
                    return (kind, *fields)
    return ("unclear", words)


def _normal(field: str) -> str:
    """A time by the 24-hour clock, a number without leading zeros; "unclear" for no such time."""
    if ":" in field:
        total = minutes(field)
        return "unclear" if total is None else clock(total)
    return str(int(field)) if field.isascii() and field.isdigit() else field


def _shown(time: str) -> str:
    total = minutes(time)
    return time if total is None else clock_12(total)
