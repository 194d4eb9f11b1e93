"""A critic with a person beside it: the critic gates, the person decides among what it lets pass.

This is the person of LLM-Modulo (Kambhampati et al., arXiv:2402.01817), who sees candidates and
critiques and refines what is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask, Critic
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Decision, Guarantee, Verdict
from soundly.critics.human import Accept, Leave, Person, Question, asked, said


@dataclass(frozen=True, slots=True)
class Accompanied:
    """Accepts what both accept, so an acceptance is worth what the critic's is.

    A candidate is judged by the critic, and then the person is asked, whatever the verdict. They
    may refuse what the critic accepts; they cannot accept what it rejects; and where it cannot
    tell, their acceptance is noted and decides nothing. What they say is a critique.
    """

    critic: Critic
    person: Person

    @property
    def name(self) -> str:
        """The critic's name, and that a person is with it."""
        return f"{self.critic.name}+person"

    @property
    def version(self) -> str:
        """The critic's: a person has none."""
        return self.critic.version

    @property
    def guarantee(self) -> Guarantee:
        """SOUND where the critic is; never COMPLETE, since people refuse right answers too."""
        return self.critic.guarantee & Guarantee.SOUND

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:
        """The critic's verdict, with the person's word."""
        verdict = await self.critic.judge(problem, candidate, ask)
        question = Question(problem, candidate, verdict, self.critic.name)
        reply = await asked(self.person, question)
        if isinstance(reply, Accept) and verdict.accepted:
            return ACCEPT
        critiques = (*verdict.critiques, said(reply))
        undecided = isinstance(reply, Accept | Leave) and not verdict.rejected
        return Verdict(Decision.UNKNOWN if undecided else Decision.REJECT, critiques)
