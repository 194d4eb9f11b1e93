"""From a text to the answer that it states."""

from __future__ import annotations

import re

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.embers.puzzle import World
from soundly.reading import claim_of_no_solution, spoken, stated_answer

_WRAPPING = " \t\r\n*_`\"'“”‘’$"  # noqa: RUF001 - quotes as models write them
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[a-z]{0,20}[ \t]*$", re.MULTILINE)
_LONGEST = 100_000


def read_answer(world: World, text: str) -> Reading:
    """The answer that a text states, and nothing judged about it.

    Thinking in tags never counts. Of the rest counts what `stated_answer` finds: the last explicit
    mark, be it an ``[ANSWER]`` block, a box or a label such as ``Answer:``. Without any, a claim
    that there is no solution counts, and else the last line, where it is but an answer or ends by
    saying what the result is. A marked answer is kept whole, so that a second one in it reaches
    the critic.
    """
    piece = stated_answer(text)
    if piece is None:
        said = spoken(text)
        if claim := claim_of_no_solution(said):
            return ClaimedUnsolvable(claim)
        piece = world.bare(_unwrapped(_last_line(said)))
    elif claim := claim_of_no_solution(piece):
        return ClaimedUnsolvable(claim)
    if piece is None:
        message = "no answer was found: end with a line that begins with Answer:"
        return Unreadable(Critique("unreadable", message))
    answer = world.tidy(_unwrapped(" ".join(_FENCE.sub("", piece[:_LONGEST]).split())))
    if not answer:
        message = "the answer is empty: write it behind Answer:"
        return Unreadable(Critique("unreadable", message))
    return Found(answer, spelt(answer), piece[:_LONGEST].strip())


def spelt(answer: str) -> str:
    """An answer as it is read again to the letter."""
    return f"[ANSWER]{answer}[ANSWER END]"


def _unwrapped(piece: str) -> str:
    """A piece without quotes, emphasis, and the full stop of its sentence."""
    bare = piece.strip(_WRAPPING)
    return bare.rstrip(".").rstrip(_WRAPPING) if bare.endswith(".") else bare


def _last_line(text: str) -> str:
    lines = text[-_LONGEST:].rstrip().rsplit("\n", 2)
    fence = _FENCE.fullmatch(lines[-1]) is not None and len(lines) > 1
    return lines[-2] if fence else lines[-1]
