"""A learned verifier as critic: advice, however often it is right.

A network that tells right answers from near misses has false accepts, and whoever searches against
it finds them. So this critic guarantees nothing, and no outcome is SOLVED by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError, UsageError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject, unknown


class Score(Protocol):
    """How likely a candidate is right, from 0 to 1.

    Raises `CriticError` for what it cannot judge, and `UsageError` for a problem it cannot read.
    """

    def __call__(self, problem: Problem, candidate: Candidate) -> float:
        """The probability; the same for the same candidate."""
        ...


@dataclass(frozen=True, slots=True)
class LearnedCritic:
    """Accepts from one probability on, rejects below another, and cannot tell in between.

    ``reject_below`` of None leaves nothing in between. ``version`` is that of the score, which
    this critic cannot know: give another one with another network. A judgement costs no call.
    """

    score: Score
    accept_from: float = 0.5
    reject_below: float | None = None
    name: str = "learned-verifier"
    version: str = "1"

    def __post_init__(self) -> None:
        if not 0 <= self._lower <= self.accept_from <= 1:
            raise ValueError(
                f"rejects below {self._lower} and accepts from {self.accept_from} on; wanted "
                "two probabilities, the first no greater than the second"
            )

    @property
    def guarantee(self) -> Guarantee:
        """None, whatever was measured."""
        return Guarantee.NONE

    @property
    def _lower(self) -> float:
        return self.accept_from if self.reject_below is None else self.reject_below

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict that the probability comes to; ``ask`` is not used.

        Raises `CriticError` for a candidate or problem that the score cannot judge, and for a
        score that is no probability.
        """
        try:
            chance = self.score(problem, candidate)
        except UsageError as error:
            raise CriticError(f"{self.name} cannot read the problem: {error}") from error
        if not 0 <= chance <= 1:
            raise CriticError(f"{self.name} scores {chance}, wanted a probability")
        if chance >= self.accept_from:
            return ACCEPT
        said = f"a learned verifier takes it for right with a probability of {chance:.0%} only"
        if chance < self._lower:
            return reject(Critique("judged-unlikely", said))
        return unknown(Critique("judged-unsure", said))
