"""The critic of both tasks: the answer is worked out, and compared."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Guarantee, Verdict, reject
from soundly.families.embers.statement import puzzle_of


@dataclass(frozen=True, slots=True)
class EmbersCritic:
    """Accepts exactly the right answer.

    Of a text it gives the first wrong letter of every wrong word, of a product every wrong digit.
    """

    name: str = "embers"
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
        raise CriticError(f"the answer is a text, not a {kind}")
    return candidate.solution
