"""How a problem and an answer are put before a discriminator: in words of a closed vocabulary.

A notation is short and closed, so a small network learns from it soon. Every other family is read
letter by letter, which takes longer and reaches less far.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_letters, digits, punctuation
from typing import Final, Protocol

from soundly.core.candidate import Candidate
from soundly.core.errors import UsageError
from soundly.core.family import Family, PromptStyle
from soundly.core.notation import END, PLAN, Notated, Notation, Words
from soundly.core.problem import Problem
from soundly.training.vocabulary import BEGIN, PAD, Vocabulary

RIGHT: Final = "<right>"
WRONG: Final = "<wrong>"
"""The two words that a discriminator weighs against each other."""

_BEFORE_A_LETTER: Final = "'"
_OTHER: Final = "\ufffd"
_LETTERS: Final = (*ascii_letters, *digits, *punctuation, " ", "\n", _OTHER)


@dataclass(frozen=True, slots=True)
class Presented:
    """A problem and an answer, numbered alike; ``names`` is how many names they have.

    ``answer`` is None for one that has no words: it speaks of what the problem does not have.
    """

    statement: Words
    answer: Words | None
    names: int = 0


class Presentation(Protocol):
    """The words that a family's problems and answers are put in."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Every word that can come up, `RIGHT` and `WRONG` too."""
        ...

    def present(self, problem: Problem, candidate: Candidate) -> Presented:
        """Problem and answer in words; raises `UsageError` for a problem that has none."""
        ...


@dataclass(frozen=True, slots=True)
class InNotation:
    """In the family's own notation."""

    notation: Notation

    @property
    def vocabulary(self) -> Vocabulary:
        """The notation's words with the two verdicts."""
        return Vocabulary.of(self.notation, more=(RIGHT, WRONG))

    def present(self, problem: Problem, candidate: Candidate) -> Presented:
        """Problem and answer as the notation says them."""
        statement = self.notation.state(problem)
        try:
            answer = self.notation.solution(problem, candidate.solution)
        except (UsageError, LookupError, ValueError):  # a near miss can be of any form
            answer = None
        return Presented(statement.words, answer, len(statement.names))


@dataclass(frozen=True, slots=True)
class InLetters:
    """Letter by letter: the problem as the family asks it without examples, the canonical answer.

    A sign outside ASCII is read as one and the same sign.
    """

    family: Family

    @property
    def vocabulary(self) -> Vocabulary:
        """The printable signs of ASCII with the two verdicts."""
        letters = (f"{_BEFORE_A_LETTER}{letter}" for letter in _LETTERS)
        return Vocabulary("letters-1", (PAD, BEGIN, END, PLAN, RIGHT, WRONG, *letters))

    def present(self, problem: Problem, candidate: Candidate) -> Presented:
        """Problem and answer, a word a letter; the answer is taken from ``canonical``."""
        asked = self.family.render(problem, PromptStyle(examples=0))[-1].content
        return Presented(_spelt(asked), _spelt(candidate.canonical))


def presentation_of(family: Family, *, letters: bool = False) -> Presentation:
    """The notation of a family that has one, else letters; with ``letters`` these in any case.

    A notation that has words for right answers only shows no difference to learn.
    """
    known: object = family
    if not letters and isinstance(known, Notated) and known.notation is not None:
        return InNotation(known.notation)
    return InLetters(family)


def _spelt(text: str) -> Words:
    # behind a sign of their own, so that "#" is not taken for a name's number
    return tuple(f"{_BEFORE_A_LETTER}{letter if letter in _KNOWN else _OTHER}" for letter in text)


_KNOWN: Final = frozenset(_LETTERS)
