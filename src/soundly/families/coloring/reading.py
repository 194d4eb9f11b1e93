"""From an answer to the colouring that it proposes: which piece of the text counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.coloring.graph import Coloring
from soundly.reading import fenced, spoken

WANTED = "write a line such as 3: 1 for each vertex between the lines [ANSWER] and [ANSWER END]"

_OPEN = re.compile(r"\[ANSWER\]", re.IGNORECASE)
_CLOSE = re.compile(r"\[(?:/ANSWER|ANSWER[ _]END|END[ _]ANSWER)\]", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_CLAIM = re.compile(
    r"\[NO SOLUTION\]"
    r"|\bno (?:valid |proper |such )?(?:solution|colou?ring) (?:exists|is possible)\b"
    r"|\bthere (?:is|exists) no (?:valid |proper |such )?(?:solution|colou?ring)\b"
    r"|\b(?:problem|graph) (?:is (?:unsolvable|impossible|not solvable|not \d{1,6}-colou?rable)"
    r"|(?:cannot|can't) be colou?red)\b"
    r"|\bunsolvable\b",
    re.IGNORECASE,
)
_LINK = r"(?::|=|->|=>|→|\bis\b|\bgets\b|\bhas\b|\btakes\b|\breceives\b)"
_ASSIGNED = re.compile(
    rf"(?:(?:vertex|node)\s+)?([^\s:=,;|>-]{{1,20}})\s{{0,9}}{_LINK}\s{{0,9}}(?:colou?r\s+)?"
    r"([^\s:=,;|>]{1,20})",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:(?:vertex|node)\s+)?(\d{1,20})\s{1,9}(?:colou?r\s+)?(\d{1,20})", re.IGNORECASE
)
_COLOURS_A_VERTEX = re.compile(
    rf"[\s*\-•\"'{{]{{0,9}}(?:(?:\d{{1,6}}[.)]\s)?(?:vertex|node)\s+)?\d+\W{{0,9}}{_LINK}",
    re.IGNORECASE,
)
_DECORATION = str.maketrans("", "", "\"'`*{}[]<")
_BULLET = re.compile(r"\A(?:[-•] |\d{1,6}[.)] (?=(?:vertex|node) ))+", re.IGNORECASE)
_LAST_WORDS = 10_000


def read_answer(text: str) -> Reading:
    """The colouring that an answer proposes, and nothing judged about it.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block with anything in it, which if it is not closed has to begin with a coloured
    vertex or claim that there is no colouring; the last code fence that begins with a coloured
    vertex; a claim that there is no colouring behind the last line that colours a vertex; the last
    run of such lines. What stands in between and colours no vertex is kept, for the critic.
    """
    said = spoken(text)
    blocks = [
        piece
        for piece, closed in _blocks(said)
        if piece.strip() and (closed or _assigns(piece) or _claims(piece))
    ]
    pieces = blocks or [piece for piece in fenced(said) if _assigns(piece)]
    if blocks and _claims(pieces[-1]) and not _assigns(pieces[-1]):
        return ClaimedUnsolvable(pieces[-1].strip()[:200])
    if not pieces:
        run, behind = _last_run(said)
        if claim := _claims(said[behind:]):
            return ClaimedUnsolvable(claim)
        if not run:
            message = f"no colouring was found in the answer: {WANTED}"
            return Unreadable(Critique("unreadable", message))
        pieces = [run]
    coloring = _lines(pieces[-1])
    return Found(coloring, format_coloring(coloring), pieces[-1].strip())


def format_coloring(coloring: Sequence[Sequence[str]]) -> str:
    """A colouring as an answer spells it."""
    lines = [f"{line[0]}: {line[1]}" if len(line) == 2 else line[0] for line in coloring]
    return "\n".join(["[ANSWER]", *lines, "[ANSWER END]"])


def _blocks(text: str) -> list[tuple[str, bool]]:
    """What stands between marks, and whether a closing one is there.

    A block without one ends at the next block, or with the text.
    """
    starts = [match.span() for match in _OPEN.finditer(text)]
    ends = [*[start for start, _ in starts[1:]], len(text)]
    found = [text[start:end] for (_, start), end in zip(starts, ends, strict=False)]
    closed = [_CLOSE.split(piece, maxsplit=1) for piece in found]
    return [(pieces[0], len(pieces) > 1) for pieces in closed]


def _claims(piece: str) -> str | None:
    """The last claim that there is no colouring, near the end of a piece; None without one."""
    claims: list[str] = _CLAIM.findall(piece[-_LAST_WORDS:])
    return claims[-1] if claims else None


def _assigns(piece: str) -> bool:
    """Whether the first line with anything on it colours a vertex."""
    first = next((line for line in piece.split("\n") if line.strip(" \t\r{}")), "")
    return _COLOURS_A_VERTEX.match(first) is not None or _PAIR.fullmatch(first.strip()) is not None


def _last_run(text: str) -> tuple[str, int]:
    """The last lines in a row that begin by colouring a vertex, and where they end."""
    run: list[str] = []
    going, place, behind = False, 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if _COLOURS_A_VERTEX.match(line) and not _CLAIM.search(line):
            if not going:
                run = []
            run.append(line)
            going, behind = True, place
        elif line.strip():
            going = False
    return "\n".join(run), min(behind, len(text))


def _lines(piece: str) -> Coloring:
    """Every part of a piece: pairs in the order of their vertices, then what is no pair."""
    found: list[tuple[str, ...]] = []
    for part in re.split(r"[\n,;]", _FENCE.sub("", piece).translate(_DECORATION)):
        bare = _BULLET.sub("", " ".join(part.split()), count=1).rstrip(". ")
        match = _ASSIGNED.fullmatch(bare) or _PAIR.fullmatch(bare)
        if bare:
            found.append((match[1], match[2]) if match else (bare,))
    return tuple(sorted(found, key=lambda line: (len(line) != 2, len(line[0]), line)))
