"""Which piece of an answer counts as its plan; the same rule for all three families."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from soundly.core.candidate import ClaimedUnsolvable
from soundly.reading import answer_blocks, claim_of_no_solution, fenced, spoken

_EMPTY_BLOCK = re.compile(r"\[(?:/|END[ _])?ANSWER(?:[ _]END)?\]|</?answer>", re.IGNORECASE)
_BULLETS = re.compile(r"(?:(?:[-•>]|\*(?!\*)|\d{1,4}[.)]) |SOLUTION: ?)+", re.IGNORECASE)
_LAST_WORDS = 20_000

DECORATION = str.maketrans("", "", '*"`')
"""What sets words off and says nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer; ``set_apart``: it is a block or a fence, so every word counts."""

    text: str
    set_apart: bool


def chosen_piece(
    text: str, *, begins: Callable[[str], bool], nouns: tuple[str, ...]
) -> Piece | ClaimedUnsolvable | None:
    """The piece that counts; a claim that there is no solution; or None.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block with a line that begins with a step, or with a claim that there is no
    solution; the last block with anything in it; the last code fence with such a line; a claim
    behind the last such line; the last run of them. ``begins`` says what begins with a step.
    """
    said = spoken(text)
    blocks = [piece for piece in answer_blocks(said) if piece.strip()]
    for piece in reversed(blocks):
        if _has_step(piece, begins):
            return Piece(piece, set_apart=True)
        if claim := _claim(piece, nouns):
            return ClaimedUnsolvable(claim)
    if blocks:
        return Piece(blocks[-1], set_apart=True)
    said = _EMPTY_BLOCK.sub(" ", said)
    for piece in reversed(fenced(said)):
        if _has_step(piece, begins):
            return Piece(piece, set_apart=True)
    run, behind = _last_run(said, begins)
    if claim := _claim(said[behind:], nouns):
        return ClaimedUnsolvable(claim)
    return Piece(run, set_apart=False) if run else None


def bare(line: str) -> str:
    """A line with single blanks, and without what sets it apart in a list, or ``SOLUTION:``."""
    words = " ".join(line.split())
    bullets = _BULLETS.match(words)
    return words[bullets.end() :] if bullets else words


def _claim(piece: str, nouns: tuple[str, ...]) -> str | None:
    """The claim near the end of a piece, also where a line ends or emphasis begins within it."""
    words = " ".join(piece[-_LAST_WORDS:].translate(DECORATION).split())
    return claim_of_no_solution(words, nouns=nouns)


def _has_step(piece: str, begins: Callable[[str], bool]) -> bool:
    return any(begins(bare(line[:1_000])) for line in piece.split("\n"))


def _last_run(text: str, begins: Callable[[str], bool]) -> tuple[str, int]:
    """The last lines in a row that begin with a step, blank ones between, and where they end."""
    run: list[str] = []
    going, place, behind = False, 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if line.strip():
            now = begins(bare(line[:1_000]))
            if now and not going:
                run = []
            if now:
                run.append(line)
                behind = place
            going = now
    return "\n".join(run), min(behind, len(text))
