"""What a model learns from: a problem, perhaps the thought that solves it, and a solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from soundly.core.notation import END, PLAN, Words, relabelled
from soundly.training.vocabulary import BEGIN, Vocabulary


@dataclass(frozen=True, slots=True)
class Example:
    """One problem in a notation with an answer, both numbered alike.

    ``family``, ``size`` and ``seed`` draw the problem again; ``names`` is how many names it has.
    ``form`` is the digest of its canonical form: equal for instances that differ in names alone.
    ``thought`` is empty where none is shown.
    """

    family: str
    size: int
    seed: int
    form: str
    statement: Words
    names: int
    answer: Words
    thought: Words = ()

    def prompt(self, vocabulary: Vocabulary, labels: Sequence[int]) -> list[int]:
        """The problem as token numbers, with its names numbered by ``labels``."""
        return vocabulary.encode((BEGIN, *relabelled(self.statement, labels)))

    def completion(self, vocabulary: Vocabulary, labels: Sequence[int]) -> list[int]:
        """Thought and answer as token numbers, with the word that ends them."""
        words = (*self.thought, PLAN, *self.answer)
        return vocabulary.encode((*relabelled(words, labels), END))


def draw_labels(names: int, room: int, rng: Random) -> list[int]:
    """Which numbers a problem's names get: any, so that none comes to mean more than another."""
    return rng.sample(range(room), names)
