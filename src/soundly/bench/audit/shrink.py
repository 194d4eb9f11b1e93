"""Making a text that breaks a critic as small as it gets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

TRIES = 400


async def shrunk(
    text: str, still_breaks: Callable[[str], Awaitable[bool]], *, tries: int = TRIES
) -> str:
    """The smallest text found that still breaks, by deleting lines, then words, then signs.

    Delta debugging (Zeller and Hildebrandt, 2002): ever smaller pieces are taken out as long as
    the rest breaks. At most ``tries`` texts are tried.
    """
    for pieces in (lambda t: t.splitlines(keepends=True), _words, list):
        text, tries = await _without(pieces(text), still_breaks, tries)
    return text


def _words(text: str) -> list[str]:
    words = text.split(" ")
    return [f"{word} " for word in words[:-1]] + words[-1:]


async def _without(
    pieces: Sequence[str], still_breaks: Callable[[str], Awaitable[bool]], tries: int
) -> tuple[str, int]:
    kept, size = list(pieces), max(1, len(pieces) // 2)
    while size:
        at = 0
        while at < len(kept) and tries:
            rest = kept[:at] + kept[at + size :]
            tries -= 1
            if await still_breaks("".join(rest)):
                kept = rest
            else:
                at += size
        size //= 2
    return "".join(kept), tries
