"""The data set's own scorer as a critic that guarantees nothing."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.reasoninggym import gym


@dataclass(frozen=True, slots=True)
class ScorerCritic:
    """Accepts an answer that is scored exactly 1.0, in the sandbox; any other score rejects.

    Several scorers accept wrong answers and reject right ones (see the documentation's table), and
    some run the answer as code, so its guarantee is NONE and no outcome is SOLVED by it.
    """

    name: str = "reasoning-gym-scorer"
    version: str = "1"
    guarantee: Guarantee = Guarantee.NONE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; `CriticError` where the scorer crashes, hangs, or gives no number."""
        text = candidate.solution
        if not isinstance(text, str):
            raise CriticError(f"an answer is a text, not {text!r:.80}")
        score = await gym.score(problem, text)
        if score == 1.0:
            return ACCEPT
        message = f"the data set's scorer gives {score:g}, and only 1 is right"
        return reject(Critique("scored-below-one", message))
