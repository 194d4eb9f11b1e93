"""From an answer to the squares that it names: which piece of the text counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.queens.board import Placement
from soundly.reading import answer_blocks, boxed, claim_of_no_solution, fenced, labelled, spoken

WANTED = (
    "write a line such as 3: 5 for each row, its number and the column of its queen, between the "
    "lines [ANSWER] and [ANSWER END]"
)

_NOUNS = ("placement", "arrangement", "completion", "configuration")
_NUMBER = "([0-9]{1,20})"
_LINK = r"(?::|=|->|=>|→|\bis in\b|\bis at\b|\bin\b|\bat\b)"
_GAP = " ?"
_LONG_LINE = 5_000
_SQUARE = re.compile(
    r"(?<![\w.+-])(?:"
    rf"(?:queen (?:in|of) )?row {_NUMBER}{_GAP}(?:{_LINK}|,)?{_GAP}col(?:umn)?{_GAP}{_NUMBER}"
    rf"|(?:row )?{_NUMBER}{_GAP}{_LINK}{_GAP}(?:col(?:umn)? )?{_NUMBER}"
    rf"|\({_GAP}{_NUMBER}{_GAP},{_GAP}{_NUMBER}{_GAP}\)"
    rf"|Q?((?-i:[A-Za-z])){_NUMBER}"
    r")(?!\w)",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"{_NUMBER} {_NUMBER}")
_LIST = re.compile(r"[0-9]{1,20}(?:[\s,;]{1,9}[0-9]{1,20}){0,999}")
_PICTURE_ROW = re.compile(r"[Qq._|][Qq._ |]{0,4000}")
_BULLETS = re.compile(r"(?:(?:[-•]|[0-9]{1,6}[.)](?= [A-Za-z(])) [ ,;]*)+")
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_DECORATION = str.maketrans("[]<", "()(", "\"'`~*{}")
"""Quotes and emphasis go, and brackets become round: no mark of a block can come about."""

_EDGES = " ,;"
_BETWEEN = re.compile(r"[ ,;.|()-]*")


def read_answer(text: str, side: int) -> Reading:
    r"""The squares that an answer names for its queens, and nothing judged about it.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block with a line that begins with a square, a list of columns or a picture, or
    that claims that there is no solution; the last block with anything in it; the last
    ``\boxed{…}``; the last code fence, then the last label such as ``Answer:``, whose first line
    begins so; a claim behind the last line that begins so; the last run of such lines. All that
    stands in the piece is kept, for the critic. ``side`` is the board's: a picture has so many rows
    and columns, or it is none.
    """
    said = spoken(text)
    blocks = [piece for piece in answer_blocks(said) if piece.strip()]
    explicit = [piece for piece in blocks if any(map(_places, piece.split("\n"))) or _claims(piece)]
    pieces = (
        explicit
        or blocks
        or [piece for piece in boxed(said) if piece.strip()]
        or [piece for piece in fenced(said) if _places(piece)]
        or [piece for piece in labelled(said) if _places(piece)]
    )
    if not pieces:
        run, behind = _last_run(said)
        if claim := _claims(said[behind:]):
            return ClaimedUnsolvable(claim)
        pieces = [run] if run else []
    if not pieces:
        message = f"no placing of queens was found in the answer: {WANTED}"
        return Unreadable(Critique("unreadable", message))
    lines = _lines(pieces[-1])
    claim = _claims(pieces[-1]) or _claims("\n".join(lines))
    if claim and not _places(pieces[-1]):
        return ClaimedUnsolvable(claim)
    placement = _squares(lines, side) if lines else ()
    if not placement:
        message = f"the answer names no square: {WANTED}"
        return Unreadable(Critique("unreadable", message))
    return Found(placement, format_placement(placement), pieces[-1].strip())


def format_placement(placement: Sequence[Sequence[str]]) -> str:
    """A placement as an answer spells it."""
    lines = [f"{line[0]}: {line[1]}" if len(line) == 2 else line[0] for line in placement]
    return "\n".join(["[ANSWER]", *lines, "[ANSWER END]"])


def _claims(piece: str) -> str | None:
    return claim_of_no_solution(piece, nouns=_NOUNS)


def _lines(piece: str) -> list[str]:
    """The lines of a piece, without decoration, bullets and what says nothing."""
    bare = _FENCE.sub("", piece).translate(_DECORATION)
    return [kept for line in bare.split("\n") if (kept := _kept(" ".join(line.split())))]


def _kept(text: str) -> str:
    """A text without bullets and separators at its edges; nothing where it is no more than that."""
    bare = text.strip(_EDGES)
    if bullets := _BULLETS.match(bare):
        bare = bare[bullets.end() :].strip(_EDGES)
    return "" if _BETWEEN.fullmatch(bare) and not _PICTURE_ROW.fullmatch(bare) else bare


def _places(piece: str) -> bool:
    """Whether the first line with anything on it begins with a square, a list or a picture."""
    for line in piece.split("\n"):
        if bare := _lines(line[:_LONG_LINE]):
            return _begins(bare[0])
    return False


def _begins(bare: str) -> bool:
    listed = bare.strip("(). ")
    return bool(
        _SQUARE.match(bare)
        or _LIST.fullmatch(listed)
        or _PAIR.match(listed)
        or _PICTURE_ROW.fullmatch(bare)
    )


def _last_run(text: str) -> tuple[str, int]:
    """The last lines in a row that begin by placing a queen, and where they end."""
    run: list[str] = []
    going, place, behind = False, 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if line.strip() and _places(line) and not _claims(line):
            if not going:
                run = []
            run.append(line)
            going, behind = True, place
        elif line.strip():
            going = False
    return "\n".join(run), min(behind, len(text))


def _squares(lines: Sequence[str], side: int) -> Placement:
    """Every part of a piece: pairs in the order of rows, then, in theirs, what is no pair."""
    if all(map(_PICTURE_ROW.fullmatch, lines)):
        return _picture(lines, side)
    if len(lines) > 1 and all(map(_PAIR.fullmatch, lines)):
        return _in_order([tuple(line.split()) for line in lines], [])
    listed = "\n".join(lines).strip("()., ")
    if _LIST.fullmatch(listed):
        columns = re.split(r"[\s,;]+", listed)
        return _in_order([(str(row), word) for row, word in enumerate(columns, start=1)], [])
    found: list[tuple[str, ...]] = []
    rest: list[str] = []
    for line in lines:
        behind = 0
        for square in _SQUARE.finditer(line):
            rest.append(_kept(line[behind : square.start()]))
            found.append(_pair(square))
            behind = square.end()
        rest.append(_kept(line[behind:]))
    return _in_order(found, [(each,) for each in rest if each])


def _pair(square: re.Match[str]) -> tuple[str, ...]:
    """Row and column of a square; the letter of a chess square counts its column."""
    words = [word for word in square.groups() if word is not None]
    if square[7] is not None:
        return words[1], str(ord(words[0].lower()) - ord("a") + 1)
    return words[0], words[1]


def _picture(lines: Sequence[str], side: int) -> Placement:
    """The queens of a picture, row 1 at the top; what has another size is kept line by line."""
    rows = [line.replace("|", "").replace(" ", "") for line in lines]
    if len(rows) != side or any(len(row) != side for row in rows):
        return tuple((line,) for line in lines)
    return tuple(
        (str(row), str(column))
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell in "Qq"
    )


def _in_order(pairs: Sequence[tuple[str, ...]], rest: Sequence[tuple[str, ...]]) -> Placement:
    return (*sorted(pairs, key=lambda pair: (len(pair[0]), *pair)), *rest)
