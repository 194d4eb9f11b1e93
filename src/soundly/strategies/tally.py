"""Samples vote: one vote for each answer that can be read, counted by its canonical spelling.

The rules, which all strategies that vote share:

- Equal answers are those of one canonical spelling, however they are worded.
- A sample in which no answer is read has no vote. It is counted.
- Claims that there is no solution are votes for one and the same answer. If it wins, nothing is
  found: a claim is not a proof.
- Of answers that weigh the same, the one that was drawn first wins; "drawn" is the order of the
  requests, so which sample came back first decides nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from soundly.core.candidate import Found, Reading, Unreadable
from soundly.core.completion import Completion
from soundly.core.errors import UsageError
from soundly.core.session import Attempt, Session
from soundly.core.voting import Ballot, Voted

Weighting: TypeAlias = Literal["count", "logprob"]


@dataclass(slots=True)
class _Answer:
    first: Completion
    count: int = 0
    weight: float = 0.0


class Tally:
    """The votes so far. ``weighting`` is what a vote weighs, see `weight_of`."""

    def __init__(self, weighting: Weighting = "count") -> None:
        self._weighting: Weighting = weighting
        self._answers: dict[str | None, _Answer] = {}
        self._unreadable = 0

    def add(self, completion: Completion, reading: Reading) -> None:
        """Count one sample's vote, if it has one."""
        if isinstance(reading, Unreadable):
            self._unreadable += 1
            return
        canonical = reading.canonical if isinstance(reading, Found) else None
        answer = self._answers.setdefault(canonical, _Answer(completion))
        answer.count += 1
        answer.weight += weight_of(completion, self._weighting)

    @property
    def winner(self) -> Completion | None:
        """The first sample that gave the winning answer; None where nobody voted."""
        ranked = self._ranked()
        return ranked[0][1].first if ranked else None

    @property
    def lead(self) -> tuple[int, int]:
        """The votes of the two answers with most of them, 0 where there is no such answer."""
        counts = sorted((answer.count for answer in self._answers.values()), reverse=True)
        first, second, *_ = (*counts, 0, 0)
        return first, second

    def voted(self, confidence: float | None = None) -> Voted:
        """The event that tells the count."""
        ballots = [
            Ballot(canonical, answer.count, answer.weight) for canonical, answer in self._ranked()
        ]
        return Voted(tuple(ballots), self._unreadable, self._weighting, confidence)

    def _ranked(self) -> list[tuple[str | None, _Answer]]:
        return sorted(self._answers.items(), key=lambda pair: -pair[1].weight)


def weight_of(completion: Completion, weighting: Weighting) -> float:
    """What one vote weighs: 1, or the geometric mean of the probabilities of its tokens.

    The second is the normalised weight of self-consistency (arXiv:2203.11171, equation 1). Raises
    `UsageError` for a model that tells no log-probabilities: to weigh such votes equally would be
    to count them, and nobody would see it.
    """
    if weighting == "count":
        return 1.0
    if not completion.logprobs:
        raise UsageError(
            f"weighting=logprob: {completion.model} tells no log-probabilities; "
            "wanted a model that does, or weighting=count"
        )
    return math.exp(sum(completion.logprobs) / len(completion.logprobs))


async def elect(session: Session, tally: Tally, confidence: float | None = None) -> Attempt | None:
    """Write the count into the trace and have the winner checked, once.

    None where nobody voted, where the claim that there is no solution won, and where the critic
    rejects the winner. The runner-up is never tried: that would be a search, not a vote.
    """
    session.note(tally.voted(confidence))
    if tally.winner is None:
        return None
    attempt = await session.check(tally.winner)
    rejected = attempt.verdict is None or attempt.verdict.rejected
    return None if rejected else attempt
