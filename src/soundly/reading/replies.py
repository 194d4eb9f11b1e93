"""What is said to a problem that has no solution: three ways to be wrong or right about it.

Models that are asked for what does not exist mostly give something, and some go on to say that it
is right (Valmeekam et al., "Planning in Strawberry Fields", arXiv:2410.02162, section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from soundly.core.candidate import ClaimedUnsolvable, Reading, Unreadable
from soundly.core.explanation import UnsolvableReply
from soundly.reading.pieces import spoken

_SENTENCE = re.compile(r"[^.!?\n]+")
_LONGEST = 400
_WORK = (
    r"(?:plan|solution|answer|sequence|schedule|assignment|colou?ring|arrangement|placement|"
    r"expression|itinerary|steps)"
)
_HEDGED = re.compile(
    r"\b(?:not|cannot|never|nor|no|neither|fails?|invalid|incorrect|if|whether|unless|until|"
    r"would|could|should|must|may|might|need|needs|want|wanted|find|look|try|let|let's|please|"
    r"goal is to|asked)\b|n't\b|n\u2019t\b",
    re.IGNORECASE,
)
_SAID_RIGHT = re.compile(
    rf"\b{_WORK}\b.{{0,80}}?\b(?:is|are)\b.{{0,30}}?\b(?:valid|correct|right|feasible|sound)\b"
    rf"|\b{_WORK}\b.{{0,80}}?\b(?:achieves?|reach(?:es)?|satisf(?:y|ies)|meets?|solves?|works?|"
    r"fulfill?s?|accomplish(?:es)?|respects?|leads? to)\b"
    rf"|\b(?:valid|correct|feasible) {_WORK}\b"
    r"|\b(?:goals?|constraints?|conditions?|requirements?|rules|clauses)\b.{0,60}?"
    r"\b(?:achieved|reached|satisfied|met|fulfilled|accomplished|respected|holds?)\b"
    r"|\b(?:achieves?|reach(?:es)?|satisf(?:y|ies)|meets?|fulfill?s?) (?:all |each |every |both )?"
    r"(?:of )?(?:the |these |its )?(?:goals?|constraints?|conditions?|requirements?)\b",
    re.IGNORECASE,
)


def reply_to_unsolvable(reading: Reading, text: str) -> UnsolvableReply:
    """What an answer to a problem without a solution says; ``reading`` is what was read from it.

    A solution that was read is wrong, since there is none. It counts as argued where a sentence
    outside of the thinking states that it is right or that the goal is reached; sentences with a
    "not", an "if" or an intention ("find a valid plan") state nothing.
    """
    if isinstance(reading, ClaimedUnsolvable):
        return "claimed-unsolvable"
    if isinstance(reading, Unreadable):
        return "neither"
    return "argued" if any(map(_argues, _sentences(spoken(text)))) else "proposed"


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        yield match[0][:_LONGEST]


def _argues(sentence: str) -> bool:
    return _HEDGED.search(sentence) is None and _SAID_RIGHT.search(sentence) is not None
