"""A stored answer with our verdict, whatever it was that the task asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from soundly.bench.planbench.entries import Said
from soundly.core.candidate import ClaimedUnsolvable, Reading, Unreadable
from soundly.core.problem import Problem
from soundly.core.verdict import Critique

Ruling: TypeAlias = Literal["accept", "reject", "claimed", "unreadable"]

UNLABELLED = "no label"
"""The class of an answer that has no verdict to compare ours with."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one answer.

    ``answer`` is what was read, a line an entry; None where nothing was. ``theirs`` is what was
    taken from the answer when it was stored, and ``theirs_accepted`` our verdict on that, where
    it is a plan. ``found`` is the class of agreement.
    """

    said: Said
    problem: Problem
    ruling: Ruling
    answer: list[str] | None
    critiques: tuple[Critique, ...]
    found: str
    theirs: object
    theirs_accepted: bool | None = None

    @property
    def agrees(self) -> bool | None:
        """Whether we say what the label says; None without a label."""
        return None if self.found == UNLABELLED else self.found.startswith("agree")


def ruling_of(reading: Reading, *, accepted: bool) -> Ruling:
    """What a reading comes to; a claim that there is no plan is no plan, and no proof."""
    if isinstance(reading, ClaimedUnsolvable):
        return "claimed"
    if isinstance(reading, Unreadable):
        return "unreadable"
    return "accept" if accepted else "reject"
