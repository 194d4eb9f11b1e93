"""The critic of classics, and whether an answer is that of the famous puzzle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Guarantee, Verdict, reject
from soundly.families.classics.telling import telling_of


@dataclass(frozen=True, slots=True)
class ClassicsCritic:
    """Accepts exactly the right answer; one of the famous puzzle is rejected as such."""

    name: str = "classics"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no text."""
        critiques = telling_of(problem).critiques(answer_of(candidate))
        return reject(*critiques) if critiques else ACCEPT


@dataclass(frozen=True, slots=True)
class Shares:
    """How many answers are right, how many are the famous puzzle's, and how many neither."""

    right: int
    famous: int
    other: int

    @property
    def answers(self) -> int:
        """All of them."""
        return self.right + self.famous + self.other

    def share(self, count: int) -> float:
        """A count as a share of all answers; 0 where there are none."""
        return count / self.answers if self.answers else 0.0


def answer_of(candidate: Candidate) -> str:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    if not isinstance(candidate.solution, str):
        kind = type(candidate.solution).__name__
        raise CriticError(f"the answer to a classic is a text, not a {kind}")
    return candidate.solution


def answered_the_famous_puzzle(problem: Problem, candidate: Candidate) -> bool:
    """Whether the answer is that of the famous puzzle, and not right here.

    The famous puzzle's is what the classic would have with the numbers told, or what everybody
    knows, which is what it has with its own.
    """
    return answer_of(candidate) in telling_of(problem).famous


def shares(answered: Iterable[tuple[Problem, Candidate | None]]) -> Shares:
    """What became of each problem; None, where no answer was read, counts as other."""
    right = famous = other = 0
    for problem, candidate in answered:
        if candidate is None:
            other += 1
        elif answer_of(candidate) == telling_of(problem).answer:
            right += 1
        elif answered_the_famous_puzzle(problem, candidate):
            famous += 1
        else:
            other += 1
    return Shares(right, famous, other)
