"""From an answer to the text that is scored."""

from __future__ import annotations

import re

from soundly.core.candidate import Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.reasoninggym.prompts import ECHO
from soundly.reading import stated_answer

_MARK = re.compile(r"\[(?:/|END[ _])?ANSWER(?:[ _]END)?\]|</?answer>", re.IGNORECASE)


def read_answer(text: str) -> Reading:
    r"""The answer that a text states, whole, and nothing judged about it.

    What counts is what `soundly.reading.stated_answer` finds, the last of the ``[ANSWER]`` blocks,
    boxed pieces and labels outside of the thinking. A claim that there is no solution is an answer
    like any other, since to some questions it is the right one.
    """
    piece = stated_answer(text)
    if piece is None or piece == ECHO:
        message = "no answer was found: write it between [ANSWER] and [/ANSWER]"
        return Unreadable(Critique("unreadable", message))
    # a mark of another block would change what the canonical spelling says
    bare = _MARK.sub("", piece).strip()
    if not bare:
        message = "the answer is empty: write it between [ANSWER] and [/ANSWER]"
        return Unreadable(Critique("unreadable", message))
    return Found(bare, spelt(bare), piece)


def spelt(answer: str) -> str:
    """An answer as it is read again to the letter."""
    return f"[ANSWER]\n{answer}\n[/ANSWER]"
