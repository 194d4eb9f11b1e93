"""Which pieces of a text are set apart as the answer."""

from __future__ import annotations

import re

_THINKING = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_MARK = re.compile(
    r"\[(?P<close>/|END[ _])?ANSWER(?P<end>[ _]END)?\]|<(?P<tag>/)?answer>", re.IGNORECASE
)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_LABEL = re.compile(
    r"^[ \t>*_#]*(?:so,? |thus,? |therefore,? |hence,? )?(?:the |my )?(?:final |correct )?"
    r"(?:answer|solution|result)(?: is)?[ *_]*:[ *_]*"
    r"|\bthe (?:final |correct )?(?:answer|result) is\b:?[ *_]*",
    re.IGNORECASE | re.MULTILINE,
)
_BOXED = re.compile(r"\\boxed\{([^{}\n]{0,2000})\}")


def spoken(text: str) -> str:
    """What stands behind the last thinking in tags; nothing where that thinking never ends."""
    start = 0
    for tag in _THINKING.finditer(text):
        start = tag.end() if tag[1] else -1
    return text[start:] if start >= 0 else ""


def answer_blocks(text: str) -> list[str]:
    """The insides of the ``[ANSWER]`` blocks, in order; an open one ends with the text.

    ``[ANSWER END]``, ``[END ANSWER]`` and ``[/ANSWER]`` close one, and ``<answer>`` tags are as
    good.
    """
    blocks: list[str] = []
    begun: int | None = None
    for mark in _MARK.finditer(text):
        if begun is not None:
            blocks.append(text[begun : mark.start()])
        begun = None if mark["close"] or mark["end"] or mark["tag"] else mark.end()
    if begun is not None:
        blocks.append(text[begun:])
    return blocks


def fenced(text: str) -> list[str]:
    """The insides of the code fences, in order; an open one ends with the text."""
    fences = [match.span() for match in _FENCE.finditer(text)]
    closing = [*fences[1::2], (len(text), len(text))]
    return [text[a[1] : b[0]] for a, b in zip(fences[::2], closing, strict=False)]


def labelled(text: str) -> list[str]:
    """What stands behind each label such as ``Answer:`` or "the answer is", to the line's end."""
    return [text[label.end() :].split("\n", 1)[0] for label in _LABEL.finditer(text)]


def boxed(text: str) -> list[str]:
    r"""What stands in each ``\boxed{…}``, in order."""
    return _BOXED.findall(text)


def stated_answer(text: str) -> str | None:
    r"""The one piece that a text states as its answer, stripped; None where it states none.

    For families whose answer is short. Thinking in tags never counts. Of the rest the first of
    these counts that there is and that is not blank: the last ``[ANSWER]`` block; the last
    ``\boxed{…}``; what follows the last label such as ``Answer:`` on its line.
    """
    said = spoken(text)
    for pieces in (answer_blocks, boxed, labelled):
        stated = [bare for piece in pieces(said) if (bare := piece.strip())]
        if stated:
            return stated[-1]
    return None
