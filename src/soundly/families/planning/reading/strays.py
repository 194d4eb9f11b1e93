"""Lines at the edges of a formal list that should be steps and cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from soundly.families.planning.reading.lines import Line, Style
from soundly.families.planning.reading.runs import Run

_UNNUMBERED = frozenset({Style.BARE, Style.BULLET})
_WORD = re.compile(r"\w")
_RULE = re.compile(r"[-=|:+ ]*[-=]{2}[-=|:+ ]*")


def with_strays(run: Run, lines: Sequence[Line], *, closed: bool) -> Run:
    """The list with every line of its block before and behind it that is neither step nor comment.

    Where the block is not ``closed``, it is taken to end with the empty line behind the list.

    For lists without numbers in which brackets spell each step: there one action stands on a
    line, so that ``Grab c`` behind the last step is an action as well, and one that no validator
    accepts. Not meant as one are headings, fences, and what has no word in it. Other lists are
    returned as they are, for there an explanation may stand around the steps.
    """
    formal = all(line.formal for line in run.lines if line.steps)
    if run.style not in _UNNUMBERED or not formal:
        return run
    first, last = run.lines[0], run.lines[-1]
    before = [line for line in lines if line.end <= first.start]
    behind = [line for line in lines if line.start >= last.end]
    if not closed:
        behind = list(takewhile(lambda line: not line.blank, behind))
    return Run(run.style, run.depth, [*_strays(before), *run.lines, *_strays(behind)])


def _strays(lines: Sequence[Line]) -> Iterator[Line]:
    for place, line in enumerate(lines):
        following = lines[place + 1 : place + 2]
        underlined = following and _RULE.fullmatch(following[0].content)
        if line.steps or line.comment or line.heading or line.fence or underlined:
            continue
        if _WORD.search(line.content):
            yield line
