"""Whoever says of a text whether it answers a problem: our critics, and those of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from soundly.core.candidate import Candidate, Found
from soundly.core.critic import Ask, Critic
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Decision, Guarantee
from soundly.critics.no_model import no_model


class TextJudge(Protocol):
    """Judges whole answers, reading included: a reader that errs is as bad as a bad critic."""

    @property
    def name(self) -> str:
        """The critic's name, as the report shows it."""
        ...

    @property
    def guarantee(self) -> Guarantee:
        """What the critic says of itself."""
        ...

    async def judge(self, problem: Problem, text: str) -> Decision:
        """What the answer's text is taken for; text in which nothing is read is rejected."""
        ...


@dataclass(frozen=True, slots=True)
class CriticBehindFamily:
    """A family's reader with a critic behind it: its own one, or any other."""

    family: Family
    critic: Critic
    ask: Ask = no_model

    @property
    def name(self) -> str:
        """The critic's name."""
        return self.critic.name

    @property
    def guarantee(self) -> Guarantee:
        """The critic's guarantee."""
        return self.critic.guarantee

    async def judge(self, problem: Problem, text: str) -> Decision:
        """The critic's decision about what the family reads; `CriticError` where it breaks."""
        reading = self.family.read(problem, text)
        if not isinstance(reading, Found):
            return Decision.REJECT
        candidate = Candidate(reading.solution, reading.canonical, "audit")
        return (await self.critic.judge(problem, candidate, self.ask)).decision
