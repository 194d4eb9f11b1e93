"""Lines of an answer: their list mark, their depth, and the steps that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from soundly.families.planning.pddl import Step
from soundly.families.planning.reading.lexicon import Lexicon
from soundly.families.planning.reading.sentence import read_sentence
from soundly.families.planning.reading.spelling import lower
from soundly.families.planning.reading.steps import read_formal

_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)\*|\*(?!\w)")
_LINE = re.compile(r"[^\n]+")
_COUNTED = re.compile(
    r"(?P<word>step|action|move)\s*(?P<count>\d{1,9})?\s*(?:[:.)\u2013\u2014]|-\s)\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\((\d{1,9})\)|\[(\d{1,9})\]|(\d{1,9})\s?(?:[.):]|-\s|\|))\s*")
_BULLET = re.compile(r"(?:[-+•·◦‣▪*→\u2013\u2014]|#{1,6})\s+|[•·◦‣▪→]")
_LABEL = re.compile(r"[A-Za-z][A-Za-z ]{0,30}:")
_TIMES = re.compile(r"\[[\d.]{1,20}\]$")
_MANGLED = re.compile(r"[^\w\s]{1,4}\s?([\w-]+)")
_BEHIND = re.compile(r"[^(]{1,16}\(\s*([\w-]++)[^()]*+\)[\s.,;]*")
_WORDS_KEPT = 12
_REMEMBERED = 10_000
_LONGEST = 4000
"""A line of more characters holds steps in brackets only: no list is written in such lines."""


_Said: TypeAlias = tuple[tuple[Step, ...], bool]


class Style(Enum):
    """How a line is set apart: ``1.`` is NUMBER, ``Step 1:`` is COUNT, ``Action:`` is LABEL."""

    BARE = "bare"
    BULLET = "bullet"
    NUMBER = "number"
    COUNT = "count"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it lies in the text, how deep it stands, its mark, and its steps.

    ``number`` is the one that the answer gives it, or None. ``content`` stands behind the mark;
    ``steps`` is empty for a line that is no step; ``formal`` says that brackets spell its steps,
    ``fence`` that it opens or closes a block of code.
    """

    start: int
    end: int
    depth: int
    style: Style
    number: int | None
    content: str
    steps: tuple[Step, ...]
    formal: bool = False
    fence: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands there."""
        return not self.content

    @property
    def comment(self) -> bool:
        """Whether it is a comment of PDDL or of a programming language."""
        return self.content.startswith((";", "//")) and not self.steps

    @property
    def heading(self) -> bool:
        """Whether it announces what follows, or says of something else what it is."""
        content = self.content
        return content.endswith(":") or (_LABEL.match(content) is not None and not self.steps)


def read_lines(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Line]:
    """The lines of a region, in their order, any number of empty lines as one.

    Takes time in proportion to the region. What was said once is not read again.
    """
    seen: dict[str, _Said] = {}
    stop = start
    for match in _LINE.finditer(text, start, end):
        raw = match[0].rstrip()
        if match.start() > stop + 1 or not raw:
            yield Line(stop, match.start(), 0, Style.BARE, None, "", ())
        stop = match.end()
        if not raw:
            continue
        body = raw.lstrip()
        style, number, content = _mark(_plain(body))
        said = seen.get(content)
        if said is None:
            said = _said(content, lexicon)
            if len(seen) < _REMEMBERED and len(content) <= _LONGEST:
                seen[content] = said
        depth = len(raw) - len(body)
        fence = body.startswith(("```", "~~~"))
        yield Line(match.start(), stop, depth, style, number, content, *said, fence)


def _said(content: str, lexicon: Lexicon) -> _Said:
    """The steps in the content of a line, and whether brackets spell them."""
    if formal := read_formal(_TIMES.sub("", content).rstrip(), lexicon):
        return formal, True
    if len(content) > _LONGEST:
        return (), False
    said = read_sentence(content, lexicon) or _cells(content, lexicon)
    return said or _mangled(content, lexicon), False


def _plain(body: str) -> str:
    """A line without Markdown's emphasis and code marks, quotes and table edges."""
    if len(body) > _LONGEST:
        return body
    if body[0] == ">":
        body = body.lstrip("> ")
    if "*" in body or "`" in body or "__" in body:
        body = _MARKUP.sub("", body)
    return body.rstrip("\\").strip(" |")


def as_written(content: str) -> Step:
    """A line as a step word by word, for a line that should be a step and cannot be read.

    No validator accepts it: its last word is no name.
    """
    words = re.sub(r"[();]", " ", lower(content)).split()[:_WORDS_KEPT]
    return (*words, "…")


def _mark(body: str) -> tuple[Style, int | None, str]:
    """The mark of a line, its number, and what stands behind it."""
    style, number = Style.BARE, None
    if match := _BULLET.match(body):
        style, body = Style.BULLET, body[match.end() :]
    if match := _NUMBER.match(body):
        style, number = Style.NUMBER, int(next(group for group in match.groups() if group))
        body = body[match.end() :]
        if bullet := _BULLET.match(body):
            body = body[bullet.end() :]
    if match := _COUNTED.match(body):
        if match["count"]:
            style, number = Style.COUNT, int(match["count"])
        elif number is None:
            style = Style.LABEL
        body = body[match.end() :]
    return style, number, body.strip()


def _cells(content: str, lexicon: Lexicon) -> tuple[Step, ...]:
    """The steps of the first cell of a table's row that says any."""
    if "|" not in content:
        return ()
    for cell in content.split("|"):
        said = cell.strip()
        if steps := read_formal(said, lexicon) or read_sentence(said, lexicon):
            return steps
    return ()


def _mangled(content: str, lexicon: Lexicon) -> tuple[Step, ...]:
    """An action's name behind stray marks or words, kept as it was written.

    ``.load-truck p1 t1)``, ``a) (load-truck p1 t1)``, ``then (load-truck p1 t1)``.
    """
    behind = _BEHIND.fullmatch(content)
    if behind is not None and lexicon.action(behind[1]) is not None:
        return (as_written(content),)
    match = _MANGLED.match(content)
    if match is None or "-" in match[0][:2] or match[1] not in lexicon.arities:
        return ()
    return (as_written(content),)
