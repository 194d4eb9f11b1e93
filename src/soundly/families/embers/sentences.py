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

_EVEN = 26 * 9
_TO_LETTERS = bytes(ord("a") + byte % 26 for byte in range(256))
_UNEVEN = bytes(range(_EVEN, 256))
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
_PHRASES: dict[tuple[str, bool], tuple[str, ...]] = {
    (part, such): tuple(
        f"{at}the {adjective}{noun}"
        for at in ([f"{each} " for each in _WORDS["at"]] if part == "where" else [""])
        for adjective in ([f"{each} " for each in _WORDS[f"such {part}"]] if such else [""])
        for noun in _WORDS[part]
    )
    for part in ("who", "what", "where")
    for such in (False, True)
}
"""Each part of a clause in all its forms, without an adjective and with one."""

_LONGEST_CLAUSE = 12


def draw_text(kind: TextKind, count: int, rng: Random) -> str:
    """A text of so many words, `SHORTEST` at least: a to z in small letters, single spaces."""
    sentence = _sentence(count, rng.random)
    if kind == "sentence":
        return sentence
    words = sentence.split(" ")
    if kind == "words":
        return _shuffled(words, rng.random)
    letters, end = _letters(sum(map(len, words)), rng), 0
    return " ".join([letters[(end := end + len(word)) - len(word) : end] for word in words])


def _shuffled(words: list[str], rand: Callable[[], float]) -> str:
    """The words in another order, each other order as likely as the next."""
    in_order = words[:]
    while words == in_order:
        words.sort(key=lambda _: rand())
    return " ".join(words)


def _letters(count: int, rng: Random) -> str:
    """Evenly drawn letters; bytes that would make some more likely are thrown away."""
    letters = b""
    while len(letters) < count:
        letters += rng.randbytes(count + 40).translate(_TO_LETTERS, _UNEVEN)
    return letters[:count].decode("ascii")


def _sentence(count: int, rand: Callable[[], float]) -> str:
    """Clauses with a word such as "because" between."""
    parts: list[str] = []
    while count > _LONGEST_CLAUSE:
        length = 5 + int(rand() * 4)
        _add_clause(parts, length, rand)
        parts.append(_one(_WORDS["and"], rand))
        count -= length + 1
    _add_clause(parts, count, rand)
    return " ".join(parts)


def _add_clause(parts: list[str], count: int, rand: Callable[[], float]) -> None:
    """A subject and what it did, filled up to 3 to 12 words with adjectives and an adverb."""
    several = 1 + (count >= 5) + (count >= 8)
    spare = count - (3, 5, 8)[several - 1]
    how = spare > several or (spare > 0 and rand() < 0.3)
    first, such = int(rand() * several), spare - how
    parts.append(_one(_PHRASES["who", -first % several < such], rand))
    parts.append(_one(_WORDS["did to" if several > 1 else "did"], rand))
    if several > 1:
        parts.append(_one(_PHRASES["what", (1 - first) % several < such], rand))
    if several > 2:
        parts.append(_one(_PHRASES["where", (2 - first) % several < such], rand))
    if how:
        parts.append(_one(_WORDS["how"], rand))


def _one(several: tuple[str, ...], rand: Callable[[], float]) -> str:
    return several[int(rand() * len(several))]
