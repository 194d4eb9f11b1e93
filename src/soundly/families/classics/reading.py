"""From a text to the answer that it states."""

from __future__ import annotations

import re
from functools import lru_cache

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.classics.classic import Classic
from soundly.reading import claim_of_no_solution, spoken, stated_answer

_WRAPPING = " \t\r\n*_`\"'“”‘’$.!"  # noqa: RUF001 - quotes as models write them
_MATHS = re.compile(r"\\[()\[\]]|\\(?:text|mathrm|textbf)\{([^{}]{0,200})\}")
_LONGEST = 100_000
_LAST_LINE = 1_000


def read_answer(classic: Classic, text: str) -> Reading:
    """The answer that a text states, and nothing judged about it.

    Thinking in tags never counts. Of the rest counts what `stated_answer` finds: the last explicit
    mark, be it an ``[ANSWER]`` block, a box or a label such as ``Answer:``. Without any, a claim
    that there is no solution counts, and else the last line, where it is but an answer or ends by
    saying what the number is. A number may have its unit with it, and a choice may be said in other
    words; whatever else is in a marked answer is kept, and reaches the critic.
    """
    piece = stated_answer(text)
    if piece is None:
        said = spoken(text)
        if claim := claim_of_no_solution(said):
            return ClaimedUnsolvable(claim)
        piece = _bare(classic, said[-_LONGEST:].rstrip().rsplit("\n", 1)[-1])
    elif claim := claim_of_no_solution(piece):
        return ClaimedUnsolvable(claim)
    if piece is None:
        message = "no answer was found: end with a line that begins with Answer:"
        return Unreadable(Critique("unreadable", message))
    answer = _tidy(classic, piece[:_LONGEST])
    if not answer:
        message = "the answer is empty: write it behind Answer:"
        return Unreadable(Critique("unreadable", message))
    return Found(answer, spelt(answer), piece[:_LONGEST].strip())


def spelt(answer: str) -> str:
    """An answer as it is read again to the letter."""
    return f"[ANSWER]{answer}[ANSWER END]"


def _tidy(classic: Classic, piece: str) -> str:
    """The number without its unit, or the choice that a phrase means; else all, on one line."""
    plain = " ".join(_MATHS.sub(r"\1", piece).split()).strip(_WRAPPING)
    lowered = "".join(each.lower() if "A" <= each <= "Z" else each for each in plain)
    for choice, phrases in classic.choices.items():
        if lowered in phrases:
            return choice
    if not classic.choices and (match := _counted(classic.unit).fullmatch(lowered)):
        return match[1]
    return plain


def _bare(classic: Classic, line: str) -> str | None:
    """What stands in a last line that marks nothing."""
    plain = _MATHS.sub(r"\1", line[-_LAST_LINE:]).strip(_WRAPPING)
    tidied = _tidy(classic, plain)
    if classic.choices:
        return tidied if tidied in classic.choices else None
    if tidied.isascii() and tidied.isdecimal():
        return tidied
    match = _said(classic.unit).fullmatch(plain.lower())
    return match[1] if match else None


@lru_cache(maxsize=64)
def _counted(unit: str) -> re.Pattern[str]:
    return re.compile(_number(unit))


@lru_cache(maxsize=64)
def _said(unit: str) -> re.Pattern[str]:
    """A sentence that ends with its one number; a unit may stand behind it."""
    says = r"(?:\b(?:is|are|be|costs?|takes?|on|in|have|has|after)|:|=)"
    return re.compile(rf"[^0-9]{{0,900}}{says}[ *_]{{0,4}}(?:the )?{_number(unit)}")


def _number(unit: str) -> str:
    """A number, as the one group, with what may stand around it."""
    named = rf"(?: {unit.removesuffix('s')}s?(?: old)?)?" if unit else "(?: place)?"
    return rf"(?:day |place )?([0-9]{{1,400}})(?:\.0{{1,9}})?(?:st|nd|rd|th)?{named}"
