"""The critic of all symbolic tasks: the answer is worked out, and compared."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Guarantee, Verdict, reject
from soundly.families.symbolic.statement import puzzle_of


@dataclass(frozen=True, slots=True)
class SymbolicCritic:
    """Accepts exactly the right answer.

    Of letters it lists every wrong place with the letter that belongs there, and a wrong length.
    Of coins and chains it says what is right, and where to begin.
    """

    name: str = "symbolic"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no text."""
        critiques = puzzle_of(problem).critiques(answer_of(candidate))
        return reject(*critiques) if critiques else ACCEPT


def answer_of(candidate: Candidate) -> str:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    if not isinstance(candidate.solution, str):
        kind = type(candidate.solution).__name__
        raise CriticError(f"an answer to a symbolic task is a text, not a {kind}")
    return candidate.solution
