"""Texts of three probabilities: sensible sentences, the same words shuffled, random letters.

A grammar and word lists of our own. All three have the same words or the same word lengths, so
that nothing but the probability of the text tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Literal, TypeAlias

TextKind: TypeAlias = Literal["sentence", "words", "letters"]

SHORTEST = 3

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LISTS = """
who: actor artist aunt baker boy captain carpenter child cook dancer daughter doctor driver farmer
fisherman gardener girl guest hunter judge king lady man merchant miller mother neighbour nurse
painter pilot queen sailor singer sister soldier student tailor teacher uncle woman
what: apple bag ball basket bell blanket book bottle bowl box bread bucket cake candle chair clock
coat cup flower hammer hat jar key knife lamp letter map mirror paper pencil picture plate pot
ring rope shoe table umbrella wheel window
where: barn beach bridge castle church city cottage farm field forest garden harbour hill hotel
house island kitchen lake library market meadow mill mountain museum park river road school shop
square station street theatre tower valley village
such who: brave clever cheerful friendly happy honest hungry kind lonely lucky old poor proud
quiet rich sad shy tall tired wise young
such what: blue broken clean dirty empty expensive golden green heavy large light lost new old
precious red round simple small strange white
such where: beautiful big busy dark distant empty famous large little lovely narrow new old
peaceful quiet small
did to: borrowed bought brought carried cleaned dropped forgot found hid held kept lost mended
needed noticed painted repaired saw sold stole took wanted washed watched
did: arrived cried danced laughed left listened slept smiled waited walked worked
how: again alone calmly carefully early gladly late often quickly quietly slowly sometimes
suddenly today yesterday
at: at behind beside near outside
and: and because before but until when while
"""
_WORDS: dict[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in re.findall(r"(?ms)^([a-z ]+): (.*?)(?=^[a-z ]+:|\Z)", _LISTS)
}
_LONGEST_CLAUSE = 12


def draw_text(kind: TextKind, count: int, rng: Random) -> str:
    """A text of so many words, `SHORTEST` at least: a to z in small letters, single spaces."""
    words = _sentence(count, rng.random)
    if kind == "words":
        in_order = words[:]
        while words == in_order:
            rng.shuffle(words)
    elif kind == "letters":
        words = ["".join(rng.choices(_LETTERS, k=len(word))) for word in words]
    return " ".join(words)


def _sentence(count: int, rand: Callable[[], float]) -> list[str]:
    """Clauses with a word such as "because" between."""
    words: list[str] = []
    while (left := count - len(words)) > _LONGEST_CLAUSE:
        words += _clause(5 + int(rand() * 4), rand)
        words.append(_one("and", rand))
    return words + _clause(left, rand)


def _clause(count: int, rand: Callable[[], float]) -> list[str]:
    """A subject and what it did, filled up to 3 to 12 words with adjectives and an adverb."""
    parts = ("who", "what", "where")[: 1 + (count >= 5) + (count >= 8)]
    spare = count - (3, 5, 8)[len(parts) - 1]
    how = spare > len(parts) or (spare > 0 and rand() < 0.3)
    first = int(rand() * len(parts))
    with_such = {(first + number) % len(parts) for number in range(spare - how)}
    words: list[str] = []
    for at, part in enumerate(parts):
        if part == "where":
            words.append(_one("at", rand))
        words.append("the")
        if at in with_such:
            words.append(_one(f"such {part}", rand))
        words.append(_one(part, rand))
        if part == "who":
            words.append(_one("did to" if len(parts) > 1 else "did", rand))
    if how:
        words.append(_one("how", rand))
    return words


def _one(kind: str, rand: Callable[[], float]) -> str:
    words = _WORDS[kind]
    return words[int(rand() * len(words))]
