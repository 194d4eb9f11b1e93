"""Marked regions of an answer: ``[PLAN] … [PLAN END]``, code fences, and thinking to leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(
    r"\*{0,2}\[(?P<close>/|END[ _])?(?:QUERY[ _])?PLAN(?P<end>[ _]END)?\]\*{0,2}"
    r"|<(?P<tagend>/)?plan>",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)(?P<info>[^\n`]*)$", re.MULTILINE)
_THINKING = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_NEXT_PROBLEM = "\n[STATEMENT]"


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of the text. ``opened`` is False where only its end is marked."""

    start: int
    end: int
    opened: bool = True


def spoken_part(text: str) -> Region | None:
    """What is said to the reader: behind the last thinking, and before a further problem.

    None where the thinking never ends: then nothing was answered.
    """
    start = 0
    for tag in _THINKING.finditer(text):
        start = tag.end() if tag[1] else -1
    if start < 0:
        return None
    end = text.find(_NEXT_PROBLEM, start)
    return Region(start, len(text) if end < 0 else end)


def plan_blocks(text: str, within: Region) -> list[Region]:
    """The blocks between plan marks, in their order.

    A block ends at the next mark, or with the text. A mark that ends what none began (prompts may
    end in ``[PLAN]``) ends a block that began with the text, or behind the mark before.
    """
    blocks: list[Region] = []
    begun: int | None = None
    last = within.start
    for marker in _MARKER.finditer(text, within.start, within.end):
        closing = bool(marker["close"] or marker["end"] or marker["tagend"])
        if begun is not None:
            blocks.append(Region(begun, marker.start()))
        elif closing:
            blocks.append(Region(last, marker.start(), opened=False))
        begun = None if closing else marker.end()
        last = marker.end()
    if begun is not None:
        blocks.append(Region(begun, within.end))
    return blocks


def fenced_blocks(text: str, within: Region) -> list[Region]:
    """The insides of code fences, but for empty ones; an open one ends with the text."""
    fences = [match.span() for match in _FENCE.finditer(text, within.start, within.end)]
    inside = zip(fences[::2], [*fences[1::2], (within.end, within.end)], strict=False)
    found = [Region(opening[1], closing[0]) for opening, closing in inside]
    return [region for region in found if text[region.start : region.end].strip()]
