"""A proposed solution, and what reading an answer can give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from soundly.core.completion import Completion
from soundly.core.verdict import Critique


@dataclass(frozen=True, slots=True)
class Found:
    """A solution was found in the text.

    ``solution`` is the family's own value; ``canonical`` is its one spelling, equal for equal
    solutions; ``excerpt`` is the piece of the text that counted.
    """

    solution: object
    canonical: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class ClaimedUnsolvable:
    """The text claims that there is no solution. A claim is not a proof."""

    excerpt: str


UNPROVED_CLAIM = Critique(
    code="unproved-claim",
    message="the answer claims that there is no solution; a claim is not a proof",
    repair="propose a solution",
)
"""What there is to say of a claim."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No solution could be read; the critique says what was missing and what is wanted."""

    critique: Critique


Reading: TypeAlias = Found | ClaimedUnsolvable | Unreadable


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed solution with the part that proposed it.

    ``completion`` is the completion that it was read from; None where a solver or
    a strategy wrote it.
    """

    solution: object
    canonical: str
    part: str
    completion: Completion | None = None
