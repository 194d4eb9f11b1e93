"""What came of one answer: read, judged, and what each critic had to say of it."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.completion import Completion
from soundly.core.session import Attempt
from soundly.core.verdict import Critique

FORMAT = "format"
"""The critic that comes first: it has a say where no solution could be read."""

CLAIM = "claim"
"""The critic of an answer that says there is no solution."""

CRITIC = "critic"
"""The session's own critic; a trace says its name with every verdict."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One critic's critiques of one answer; ``advice`` is that of a soft critic."""

    critic: str
    critiques: tuple[Critique, ...]
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """One answer and what was said of it.

    ``canonical`` is None where no solution was read, ``attempt`` where the session's critic was
    not asked.
    """

    completion: Completion
    accepted: bool
    canonical: str | None
    voices: tuple[Voice, ...]
    attempt: Attempt | None = None


def reviewed(attempt: Attempt, completion: Completion) -> Review:
    """The review that an attempt comes to."""
    if attempt.claims_unsolvable:
        critic = CLAIM
    else:
        critic = FORMAT if attempt.candidate is None else CRITIC
    canonical = attempt.candidate.canonical if attempt.candidate else None
    voices = () if attempt.accepted else (Voice(critic, attempt.critiques),)
    return Review(completion, attempt.accepted, canonical, voices, attempt)
