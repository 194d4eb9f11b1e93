"""Several critics as one: every hard critic gates, every soft critic advises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask, Critic
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Decision, Guarantee, Verdict


@dataclass(frozen=True)
class AllOf:
    """Accepts when every hard critic accepts; rejects when one rejects; else cannot tell.

    SOUND when one hard critic is (its acceptance is among those needed); COMPLETE when all are.
    Soft critics are heard only on a rejection, since their advice changes nothing else. All hard
    critics are asked even after a rejection, so that the model sees every reason at once.
    """

    hard: tuple[Critic, ...]
    soft: tuple[Critic, ...] = ()

    def __post_init__(self) -> None:
        if not self.hard:
            raise ValueError("all_of needs at least one hard critic: with none, nothing gates")

    @property
    def name(self) -> str:
        """The names of its critics, hard ones first, soft ones in brackets."""
        return "+".join([c.name for c in self.hard] + [f"({c.name})" for c in self.soft])

    @property
    def version(self) -> str:
        """The versions of its critics, in the order of the name."""
        return "+".join(c.version for c in (*self.hard, *self.soft))

    @property
    def guarantee(self) -> Guarantee:
        """SOUND if any hard critic is SOUND, COMPLETE if all hard critics are COMPLETE."""
        each = [critic.guarantee for critic in self.hard]
        return (reduce(or_, each) & Guarantee.SOUND) | (reduce(and_, each) & Guarantee.COMPLETE)

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:
        """The combined verdict, with the critiques of all critics that had any."""
        verdicts = [await critic.judge(problem, candidate, ask) for critic in self.hard]
        critiques = [c for verdict in verdicts for c in verdict.critiques]
        if all(verdict.accepted for verdict in verdicts):
            return ACCEPT
        if not any(verdict.rejected for verdict in verdicts):
            return Verdict(Decision.UNKNOWN, tuple(critiques))
        for critic in self.soft:
            critiques.extend((await critic.judge(problem, candidate, ask)).critiques)
        return Verdict(Decision.REJECT, tuple(critiques))


def all_of(hard: Sequence[Critic], soft: Sequence[Critic] = ()) -> Critic:
    """One critic from several; a single hard critic alone stays itself."""
    return hard[0] if len(hard) == 1 and not soft else AllOf(tuple(hard), tuple(soft))
