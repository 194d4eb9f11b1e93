"""What answers say in sentences: that there is no plan, or that none is needed."""

from __future__ import annotations

import re

from soundly.families.planning.reading.regions import Region

_KIND = r"(?:valid |possible |feasible |such )?"
_REACH = r"(?:achieve|reach|solve|satisfy|create|find|generate|produce|devise|construct)"
_NEVER = (
    r"(?:is unsolvable|is not solvable|is impossible|is unreachable"
    r"|(?:cannot|can not|can't) be (?:achieved|solved|reached|satisfied))"
)
_ASKED = r"(?<!you are sure that )"
"""What a prompt says of the case that there is no plan is no claim, so that an echo is none."""
_CLAIM = re.compile(
    r"\[NO (?:PLAN|SOLUTION)\](?! (?:instead|if)\b)"
    rf"|{_ASKED}\bno {_KIND}(?:plan|solution|sequence of actions)\b(?: that)?"
    r" (?:exists|is possible|possible|can|could|will|to)\b"
    rf"|\bthere (?:is|exists) no {_KIND}(?:plan|solution|sequence|way to {_REACH})"
    rf"|\b(?:goal|problem|task)\b[^.\n]{{0,60}}\b{_NEVER}"
    rf"|\b(?:impossible|not possible) to {_REACH}\b"
    r"|\bunsolvable\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\bno (?:further |more |additional |other )?(?:actions?|steps?|moves?)"
    r" (?:is |are )?(?:needed|required|necessary)\b"
    r"|\bempty plan\b|\bthe plan is empty\b",
    re.IGNORECASE,
)


LAST_WORDS = 10_000
"""Characters at the end of an answer in which such a sentence counts: it has to be a last word."""


def find_claim(text: str, within: Region) -> str | None:
    """The line of the last claim that there is no plan, or None."""
    return _last_line(_CLAIM, text, within)


def find_nothing_to_do(text: str, within: Region) -> str | None:
    """The line that says last that no action is needed, or None."""
    return _last_line(_NOTHING, text, within)


def _last_line(pattern: re.Pattern[str], text: str, within: Region) -> str | None:
    last = None
    for match in pattern.finditer(text, max(within.start, within.end - LAST_WORDS), within.end):
        last = match
    if last is None:
        return None
    begin = text.rfind("\n", within.start, last.start()) + 1
    end = text.find("\n", last.end(), within.end)
    return text[begin : end if end >= 0 else within.end].strip()
