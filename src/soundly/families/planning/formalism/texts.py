"""The PDDL texts in what a model wrote."""

from __future__ import annotations

import re

from soundly.reading.pieces import spoken

_BEGINNING = re.compile(r"\(\s*define\s*\(\s*(domain|problem)\b", re.IGNORECASE)
_MARK = re.compile(r"[()]|;[^\n]*|^[ \t]*```", re.MULTILINE)


def pddl_texts(text: str) -> dict[str, str]:
    """The last domain and the last problem that are said, under these names, where there are any.

    Each goes from its ``(define`` to the parenthesis that closes it. One that is never closed goes
    on to the next, to the end of its code block, or to the end, for the parser to refuse.
    """
    said = spoken(text)
    beginnings = list(_BEGINNING.finditer(said))
    ends = [match.start() for match in beginnings[1:]] + [len(said)]
    return {
        match[1].lower(): _closed(said[match.start() : end])
        for match, end in zip(beginnings, ends, strict=False)
    }


def _closed(text: str) -> str:
    depth = 0
    for mark in _MARK.finditer(text):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth -= 1
            if depth == 0:
                return text[: mark.end()]
        elif mark[0].endswith("`"):
            return text[: mark.start()].rstrip()
    return text.rstrip()
