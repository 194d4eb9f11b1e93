r"""How people write arithmetic, brought to the one notation that the strict reader takes.

Accepted beside ``+ - * /``: U+00D7, the dots U+00B7 and U+22C5, ``\times``, ``\cdot`` and an ``x``
between numbers for times; U+00F7 and ``\div`` for division; the minus sign U+2212 and the en dash
for minus; ``\frac{a}{b}`` and ``\boxed{…}``. Other look-alikes, such as full-width digits, stay
what they are and make a formula unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_LINE = 1_000
"""Characters; nothing in a longer line is an answer to a problem of at most six numbers."""

_SIGNS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-"})  # noqa: RUF001
_LATEX = (
    (re.compile(r"\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}"), r"((\1)/(\2))"),
    (re.compile(r"\\(?:times|cdot)(?![A-Za-z])"), " * "),
    (re.compile(r"\\div(?![A-Za-z])"), " / "),
    (re.compile(r"\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\[()\[\],;! ]"), " "),
    (re.compile(r"\\boxed\s?\{([^{}]*)\}"), r" \1 "),
)
_LETTER_X = re.compile(r"(?<=[0-9)])( ?)[xX](?= ?[0-9(])")
_LEFT_OVER = re.compile(r"\((?:left|remaining|rest|numbers|have)\b[^()]*\)?", re.IGNORECASE)
_MARKER = re.compile(
    r"[-*•]\s+"
    r"|(?:step\s+[0-9]{1,2}\s*[:.)]|[0-9]{1,2}[.)](?=\s))\s*+(?![-+*/=])",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"[-+*/()=.0-9]+")
_STARTS_AS_NUMBER = re.compile(r"[-+(]*[0-9]")
_DIGITS = frozenset("0123456789")
_OPERATORS = frozenset("-+*/")
_SIGN = re.compile(r" ?([-+*/=]) ?")
_FOREIGN = re.compile(r"[^-+*/()=.0-9]+")
_FULL_STOP = re.compile(r"\.(?![0-9])")
_NEGATIVE = re.compile(r"((?:^|[-+*/=(]) ?)- (?=[0-9(])")


def formulas(line: str) -> Iterator[str]:
    """The formulas in a line, in their order and in one spelling, right or not.

    A formula is the longest run of pieces that belong to it, with an operator between digits. A
    piece with a letter in it that begins like a number (``3x``) belongs to it too, and so does the
    word before an operator (``y * 3``), so that leaving things out mends nothing. What is foreign
    to arithmetic is written ``#``, and a formula with ``#`` in it is never right.
    """
    if len(line) > LONGEST_LINE:
        return
    run: list[str] = []
    word = ""
    for piece in _plain(line).split():
        bare = _bare(piece)
        belongs = _belongs(bare)
        if belongs:
            run.append(bare)
        if run and (not belongs or piece[-1] in ",;:!?."):
            yield from _whole(word, run)
            run, word = [], ""
        if not belongs:
            word = bare
    yield from _whole(word, run)


def bare_number(line: str) -> str | None:
    """The line, where it is nothing but a number."""
    text = _bare(_plain(line).strip()) if len(line) <= LONGEST_LINE else ""
    return text if text.isascii() and text.isdigit() else None


def _plain(line: str) -> str:
    text = line.translate(_SIGNS)
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    text = _without_markers(_LEFT_OVER.sub(" ", text).strip(" \t>"))
    return _LETTER_X.sub(r"\1*", text)


def _without_markers(text: str) -> str:
    while marker := _MARKER.match(text):
        text = text[marker.end() :]
    return text


def _bare(piece: str) -> str:
    """A piece without the Markdown, quotes and full stops around it."""
    bare = piece.strip("`$\"'").rstrip(".,;:!?").strip("`$\"'")
    if len(bare) > 2:
        bare = bare.removeprefix("**").removesuffix("**")
    return bare.rstrip(".,;:!?")


def _belongs(piece: str) -> bool:
    if _FORMULA.fullmatch(piece) or _STARTS_AS_NUMBER.match(piece):
        return True
    letters = set(piece)
    return not letters.isdisjoint(_DIGITS) and not letters.isdisjoint(_OPERATORS)


def _whole(word: str, run: list[str]) -> Iterator[str]:
    """The run as one formula, if it is one; a dash or a bullet before it is no minus."""
    dashed = run[:1] == ["-"]
    if dashed and len(word) != 1:
        run, dashed = run[1:], False
    if word and run and (run[0][0] in "+*/" or dashed):
        run = ["#", *run]
    text = _spaced(run) if _FORMULA.fullmatch("".join(run)) else _marked("".join(run))
    digits = [place for place, letter in enumerate(text) if letter in _DIGITS]
    if digits and not _OPERATORS.isdisjoint(text[digits[0] : digits[-1]]):
        yield text


def _spaced(run: list[str]) -> str:
    """One spelling for what differs in spaces alone; a sign before a number stays close to it."""
    text = " ".join(_SIGN.sub(r" \1 ", _FULL_STOP.sub("", " ".join(run))).split())
    text = _NEGATIVE.sub(r"\1-", text.replace("( ", "(").replace(" )", ")"))
    while (bare := _without_markers(text.strip("= "))) != text:
        text = bare
    return text


def _marked(text: str) -> str:
    """A formula with foreign letters: one piece, in which they stay visible as ``#``."""
    text = _FOREIGN.sub("#", text)
    while (bare := _bare(text).lstrip("=")) != text:
        text = bare
    return text
