"""Which pieces of a text are set apart as the answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

_THINKING = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_MARK = re.compile(
    r"\[(?P<close>/|END[ _])?ANSWER(?P<end>[ _]END)?\]|<(?P<tag>/)?answer>", re.IGNORECASE
)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_LABEL = re.compile(
    r"^[ \t>*_#]*(?:so,? |thus,? |therefore,? |hence,? )?(?:the |my )?(?:final |correct )?"
    r"(?:answer|solution|result)(?: is)?[ *_]*:[ *_]*",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(r"\bthe (?:final |correct )?(?:answer|result) is\b:?[ *_]*", re.IGNORECASE)
_BOXED = re.compile(r"\\boxed\{((?:[^{}\n]|\{[^{}\n]{0,200}\}){0,2000})\}")
_IN_WORDS = re.compile(r"\\(?:text|mathrm|textbf)\{([^{}]*)\}")


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
    return [text[start:end] for start, end in _block_spans(text)]


def fenced(text: str) -> list[str]:
    """The insides of the code fences, in order; an open one ends with the text."""
    fences = [match.span() for match in _FENCE.finditer(text)]
    closing = [*fences[1::2], (len(text), len(text))]
    return [text[a[1] : b[0]] for a, b in zip(fences[::2], closing, strict=False)]


def labelled(text: str) -> list[str]:
    """What stands behind each label such as ``Answer:`` at a line's start, to the line's end."""
    return [_rest_of_line(text, label.end()) for label in _LABEL.finditer(text)]


def boxed(text: str) -> list[str]:
    r"""What stands in each ``\boxed{…}``, in order; braces in it may be one deep."""
    return _BOXED.findall(text)


def stated_answer(text: str) -> str | None:
    r"""The one piece that a text states as its answer, stripped; None where it states none.

    For families whose answer is short. Thinking in tags never counts. Of the rest the last of
    these counts that is not blank: an ``[ANSWER]`` block, a ``\boxed{…}``, what follows a label
    such as ``Answer:`` on its line. A block counts whole, less a label or a box around all of it.
    Where there is none of these, what follows the last "the answer is" on its line counts.
    """
    said = spoken(text)
    blocks = _block_spans(said)
    stated = [(start, said[start:end]) for start, end in blocks]
    for pattern in (_BOXED, _LABEL):
        stated += [each for each in _outside(pattern, said, blocks) if each[1].strip()]
    if pieces := [(start, bare) for start, piece in stated if (bare := _bare(piece))]:
        return max(pieces)[1]
    # Sentences can share a line, so their rests are looked at one by one, the last one first.
    ends = [sentence.end() for sentence in _SENTENCE.finditer(said)]
    rests = (_rest_of_line(said, end).strip() for end in reversed(ends))
    return next(filter(None, rests), None)


def _block_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for mark in _MARK.finditer(text):
        if begun is not None:
            spans.append((begun, mark.start()))
        begun = None if mark["close"] or mark["end"] or mark["tag"] else mark.end()
    if begun is not None:
        spans.append((begun, len(text)))
    return spans


def _outside(
    pattern: re.Pattern[str], text: str, blocks: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, str]]:
    """Where the pattern matches outside the blocks: its one group, or the rest of the line."""
    starts = [start for start, _ in blocks]
    for match in pattern.finditer(text):
        block = bisect_right(starts, match.start()) - 1
        if block >= 0 and match.start() < blocks[block][1]:
            continue
        piece = (
            _IN_WORDS.sub(r"\1", match[1]) if pattern.groups else _rest_of_line(text, match.end())
        )
        yield match.start(), piece


def _rest_of_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _bare(piece: str) -> str:
    """A piece without a label before it or a box around it."""
    bare = piece.strip()
    if label := _LABEL.match(bare):
        bare = bare[label.end() :].strip()
    box = _BOXED.fullmatch(bare.strip("$ "))
    return _IN_WORDS.sub(r"\1", box[1]).strip() if box else bare
