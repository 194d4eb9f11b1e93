"""A trace and the solution that it leads to, in words; what a judge says of a generated one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from soundly.core.notation import SearchSpace, Words
from soundly.core.verdict import Critique

LARGEST_COUNT = 99


def count_word(count: int) -> str:
    """A cost or an estimate as one word, the manner of Searchformer (arXiv:2402.14083)."""
    return f"c{count}"


COUNTS: Words = tuple(map(count_word, range(LARGEST_COUNT + 1)))
"""The words for 0 to 99; nothing above is written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a solver wrote down, and the operators of its solution, both in a notation's words."""

    trace: Words
    solution: Words


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a generated trace is worth.

    ``critique`` is the first word at which it is no run of its algorithm: ``step`` counts words
    from 1, and a trace that stops too early breaks at the word behind its last. None for a run.
    ``ends_in_solution``: it is a run, and the solution beside it is the one that it found.
    """

    critique: Critique | None
    ends_in_solution: bool

    def __post_init__(self) -> None:
        if self.critique is not None and self.ends_in_solution:
            raise ValueError("what is no run ends in no solution")

    @property
    def valid(self) -> bool:
        """Whether it is a run of the algorithm, from the start to a goal, whatever is answered."""
        return self.critique is None


class Tracing(Protocol):
    """An algorithm that solves a space and writes its operations down, and can judge such a trace.

    ``plan`` is a solution in words, for what needs one; without it the shortest one is looked for.
    """

    @property
    def words(self) -> Words:
        """The words of its traces that are not the notation's: ``more`` of a `Vocabulary`."""
        ...

    def write(
        self, space: SearchSpace, *, seed: int, most_words: int, plan: Words | None = None
    ) -> Written | None:
        """Trace and solution; None where there is no solution, or no trace of ``most_words``."""
        ...

    def judge(self, space: SearchSpace, trace: Words, solution: Words) -> Judgement:
        """Whether the trace is a run on this space; never raises, whatever the words are."""
        ...


def broken(code: str, place: int, message: str) -> Judgement:
    """The judgement on a trace that breaks at the word with this index, from 0."""
    return Judgement(Critique(code, message, f"word {place + 1}", place + 1), False)


def operations(trace: Words, heads: Collection[str]) -> Iterator[tuple[int, Words]]:
    """The trace cut before every head, with the index of each piece's first word.

    Words before the first head are a piece of their own, without a head.
    """
    cuts = [place for place, word in enumerate(trace) if word in heads]
    if trace and cuts[:1] != [0]:
        cuts.insert(0, 0)
    for first, behind in zip(cuts, [*cuts, len(trace)][1:], strict=True):
        yield first, trace[first:behind]


def said(words: Words) -> str:
    """Words of a trace in a message, cut after a few."""
    return f"{' '.join(words[:12])!r:.80}"
