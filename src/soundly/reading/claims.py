"""What answers say in sentences where they claim that there is no solution."""

from __future__ import annotations

import re
from functools import lru_cache

_LAST_WORDS = 10_000
"""Characters at the end of a text in which a claim counts: it has to be a last word."""


def claim_of_no_solution(text: str, *, nouns: tuple[str, ...] = ("solution",)) -> str | None:
    """The line of the last claim that there is no solution; None without one.

    ``nouns`` are what a solution is called, such as ("schedule", "meeting time"), beside
    "solution" itself. ``[NO SOLUTION]`` is a claim as well, unless "instead" or "if" follows, as in
    a prompt. Only the last 10,000 characters are looked at: a claim has to be a last word.
    """
    last = None
    for match in _claim(nouns).finditer(text, max(0, len(text) - _LAST_WORDS)):
        last = match
    if last is None:
        return None
    begin = text.rfind("\n", 0, last.start()) + 1
    end = text.find("\n", last.end())
    return text[begin : end if end >= 0 else len(text)].strip()[:400]


@lru_cache(maxsize=64)
def _claim(nouns: tuple[str, ...]) -> re.Pattern[str]:
    noun = "|".join(re.escape(each) for each in dict.fromkeys(("solution", *nouns)))
    kind = r"(?:valid |possible |feasible |proper |such )?"
    reach = r"(?:find|make|reach|satisfy|meet|solve|create|construct|schedule|place|achieve)"
    return re.compile(
        r"\[NO SOLUTION\](?! (?:instead|if)\b)"
        rf"|\bno {kind}(?:{noun}) (?:that |exists\b|is possible|possible|can\b|could\b|satisfies\b)"
        rf"|\bthere (?:is|exists) no {kind}(?:{noun}|way to {reach})\b"
        rf"|\b(?:impossible|not possible) to {reach}\b"
        r"|\b(?:problem|puzzle|instance|formula) (?:is|has been shown to be) "
        r"(?:unsolvable|impossible|infeasible|unsatisfiable|not solvable|not satisfiable)\b"
        r"|\b(?:cannot|can not|can't) be (?:solved|satisfied|met|scheduled)\b"
        r"|\bunsolvable\b|\bunsatisfiable\b",
        re.IGNORECASE,
    )
