"""From an answer to the time that it proposes."""

from __future__ import annotations

import re
from typing import TypeAlias

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.naturalplan.choosing import DECORATION, bare, chosen_piece
from soundly.families.naturalplan.clock import TIME, clock, minutes

Slot: TypeAlias = tuple[str, ...]
"""Day, start and end as words; or all that was said, as one, where it is no such thing."""

WANTED = (
    "write a day, a start and an end such as Monday, 9:30 - 10:00 between [ANSWER] and [ANSWER END]"
)

_SLOT = (
    r"(?:on )?(?P<day>[^\d,:*\n]{1,60}?),? (?:from |at |between )?"
    rf"(?P<start>{TIME}) ?(?:-|\u2013|\u2014|to|until|and) ?(?P<end>{TIME})"
)
_LABEL = (
    r"(?:(?:here is|here's|an?|one|the|my|so|final|proposed|suggested|possible|earliest|meeting) )*"
    r"(?:time|slot|answer|solution|meeting)(?: that works(?: for (?:everyone|all))?)?"
    r"(?:(?: is)?: ?| is )"
)
_LINE = re.compile(
    rf"(?:{_LABEL}){{0,2}}(?P<slot>{_SLOT})(?P<rest>.*)",
    re.IGNORECASE | re.ASCII,
)
_NOUNS = ("time", "meeting time", "slot", "time slot", "meeting", "schedule")


def read_slot(text: str, days: tuple[str, ...]) -> Reading:
    """The time that an answer proposes, and nothing judged about it.

    Which piece counts is the rule of `soundly.families.naturalplan.choosing`: a step here is a
    line with a time, after a label such as "Here is the proposed time:" and no other words. In a
    block or a fence all that stands there is kept, so that "or" and "maybe" reach the critic. Of
    lines outside, the last one counts, without a sentence behind the time.
    """
    piece = chosen_piece(text, begins=_begins, nouns=_NOUNS)
    if piece is None:
        return Unreadable(Critique("unreadable", f"no time was found in the answer: {WANTED}"))
    if isinstance(piece, ClaimedUnsolvable):
        return piece
    lines = [bare(line.translate(DECORATION)) for line in piece.text.split("\n")]
    lines = [line for line in lines if line.strip("~ ")]
    if not lines:
        return Unreadable(Critique("unreadable", f"the answer is empty: {WANTED}"))
    slot = _slot(lines if piece.set_apart else [_without_comment(lines[-1])], days)
    return Found(slot, format_slot(slot), piece.text.strip())


def format_slot(slot: Slot) -> str:
    """A time as an answer spells it."""
    spelled = f"{slot[0]}, {slot[1]} - {slot[2]}" if len(slot) == 3 else slot[0]
    return f"[ANSWER]\n{spelled}\n[ANSWER END]"


def _begins(line: str) -> bool:
    return _LINE.match(line.translate(DECORATION)) is not None


def _without_comment(line: str) -> str:
    """A line up to the end of its first sentence, if no figure comes behind it."""
    match = _LINE.match(line)
    if match and match["rest"].startswith(".") and not re.search(r"\d", match["rest"]):
        return match["slot"]
    return line


def _slot(lines: list[str], days: tuple[str, ...]) -> Slot:
    whole = ("\n".join(lines),)
    match = _LINE.fullmatch(" ".join(lines))
    if match is None or match["rest"].strip(" ."):
        return whole
    start, end = minutes(match["start"]), minutes(match["end"])
    if start is None or end is None:
        return whole
    day = bare(match["day"])
    same = [each for each in days if day.isascii() and each.lower() == day.lower()]
    return (same[0] if same else day, clock(start), clock(end))
