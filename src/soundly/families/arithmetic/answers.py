"""From an answer to the lines that it proposes: which piece of the text counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.arithmetic.notation import LONGEST_LINE, bare_number, formulas

WANTED = "write the expression between [ANSWER] and [/ANSWER], or [NO SOLUTION]"
LAST_WORDS = 10_000
"""Characters at the end of an answer in which a claim counts: it has to be a last word."""
MOST_STEPS = 50
"""Steps that are read together; six numbers take five."""

_THINKING = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_MARK = re.compile(r"\[(?P<close>/|END )?ANSWER(?P<end> END)?\]|<(?P<tag>/)?answer>", re.IGNORECASE)
_LABEL = re.compile(
    r"^[ \t>*_#]*(?:the )?(?:final |correct )?(?:answer|solution|expression)(?: is)?[ *_]*:",
    re.IGNORECASE | re.MULTILINE,
)
_MAKE = r"(?:make|reach|get|obtain|achieve|form|produce|solve|find|create)"
_CLAIM = re.compile(
    r"\[NO SOLUTION\](?! (?:instead|if)\b)"
    r"|\bno (?:valid |possible |such )?(?:solution|expression|combination|way)\b"
    rf" (?:that |to {_MAKE}\b|exists\b|is possible|possible|can\b|could\b|will\b)"
    r"|(?<!you are sure that )\bthere (?:is|exists) no (?:valid |possible |such )?"
    r"(?:solution|expression|combination|way)\b"
    rf"|\b(?:impossible|not possible|cannot be used) to {_MAKE}\b"
    r"|\b(?:cannot|can not|can't) be (?:made|reached|obtained|solved|achieved)\b"
    r"|\bunsolvable\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"[0-9)][-+/=\s`*.,;$]{0,9}\b(or|alternatively|perhaps|maybe)\b[^0-9\n]{0,40}\n?[^0-9\n]{0,10}[0-9]",
    re.IGNORECASE,
)
_NUMBER = r"-?[0-9.]+(?: / [0-9.]+)?"
_OPERAND = rf"({_NUMBER}|\({_NUMBER}\))"
_STEP = re.compile(rf"{_OPERAND} [-+*/] {_OPERAND} = ({_NUMBER})")


@dataclass(frozen=True, slots=True)
class _Formula:
    """``place`` counts the lines with something on them; ``end`` is a position in the text."""

    text: str
    place: int
    end: int


def read_answer(text: str) -> Reading:
    """The lines that an answer proposes, and nothing judged about them.

    What counts, the first of these that there is (thinking in ``<think>`` tags never counts):

    1. the last ``[ANSWER]`` block that holds a formula, a number or a claim;
    2. what stands behind the last label such as ``Answer:``;
    3. all that was said.

    In it the last formula counts, or a claim that there is no solution where it stands behind that
    formula; a number alone counts where there is neither. A formula that is one step,
    ``12 * 2 = 24``, takes with it those steps, in lines without a gap before it, whose results it
    uses, and theirs. Two formulas joined by a hedge, ``A or maybe B``, stay joined: an answer that
    does not say which is none. Takes time in proportion to the text.
    """
    spoken = _spoken_part(text)
    if spoken is None:
        return _unreadable("the answer ended while it was still thinking")
    for start, end in (*_blocks(text, *spoken), *_labelled(text, *spoken), spoken):
        if reading := _read(text, start, end):
            return reading
    if not text[slice(*spoken)].strip():
        return _unreadable("the answer is empty")
    return _unreadable("no line of the answer reads as arithmetic")


def _spoken_part(text: str) -> tuple[int, int] | None:
    start = 0
    for tag in _THINKING.finditer(text):
        start = tag.end() if tag[1] else -1
    return None if start < 0 else (start, len(text))


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The insides of the answer blocks, the last one first; an open one ends with the text."""
    blocks: list[tuple[int, int]] = []
    begun: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if begun is not None:
            blocks.append((begun, mark.start()))
        begun = None if mark["close"] or mark["end"] or mark["tag"] else mark.end()
    if begun is not None:
        blocks.append((begun, end))
    return blocks[::-1]


def _labelled(text: str, start: int, end: int) -> list[tuple[int, int]]:
    last = None
    for label in _LABEL.finditer(text, start, end):
        last = label
    return [] if last is None else [(last.end(), end)]


def _read(text: str, start: int, end: int) -> Reading | None:
    found = list(_formulas_in(text, start, end))
    said_until = found[-1].end if found else start
    if claim := _claim(text, max(said_until, end - LAST_WORDS), end):
        return ClaimedUnsolvable(claim)
    if found:
        lines = _hedged(text, found) or tuple(_with_steps(found))
        return Found(lines, "\n".join(lines), text[start:end].strip()[-2_000:])
    numbers = (bare_number(line) for line in text[start:end].splitlines())
    number = next(filter(None, numbers), None)
    return None if number is None else Found((number,), number, number)


def _formulas_in(text: str, start: int, end: int) -> Iterator[_Formula]:
    position, place = start, 0
    for line in text[start:end].splitlines(keepends=True):
        position += len(line)
        place += bool(line.strip(" \t\r\n`"))
        for formula in formulas(line):
            yield _Formula(formula, place, position)


def _hedged(text: str, found: list[_Formula]) -> tuple[str, ...]:
    """The last two formulas on one line, if nothing but a hedge stands between them."""
    if len(found) < 2 or found[-1].place - found[-2].place > 2:
        return ()
    line_end = found[-1].end
    hedge = None
    for match in _HEDGE.finditer(text, max(0, line_end - 3 * LONGEST_LINE), line_end):
        hedge = match
    if hedge is None or list(formulas(text[hedge.end(1) : line_end].lstrip(" ,:"))) != [
        found[-1].text
    ]:
        return ()
    return (f"{found[-2].text} {hedge[1].lower()} {found[-1].text}",)


def _with_steps(found: list[_Formula]) -> list[str]:
    """The last formula behind the steps that it uses; a formula that is no step stands alone."""
    lines: list[str] = []
    used: set[str] = set()
    place = found[-1].place
    for formula in found[: -MOST_STEPS - 1 : -1]:
        step = _STEP.fullmatch(formula.text)
        if lines and (step is None or place - formula.place > 1):
            break
        place = formula.place
        if not lines or (step and step[3] in used):
            lines.append(formula.text)
            used |= {step[1].strip("()"), step[2].strip("()")} if step else set()
        if step is None:
            break
    return lines[::-1]


def _claim(text: str, start: int, end: int) -> str | None:
    last = None
    for match in _CLAIM.finditer(text, start, end):
        last = match
    if last is None:
        return None
    begin = text.rfind("\n", start, last.start()) + 1 or start
    stop = text.find("\n", last.end(), end)
    return text[begin : stop if stop >= 0 else end].strip()


def _unreadable(reason: str) -> Unreadable:
    return Unreadable(Critique("no-answer", reason, repair=WANTED))
