"""Who decides whether an answer ends the loop: the session's critic, or a judge in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from soundly.core.candidate import (
    UNPROVED_CLAIM,
    Candidate,
    ClaimedUnsolvable,
    Found,
    Unreadable,
)
from soundly.core.completion import Completion
from soundly.core.critic import Critic
from soundly.core.session import Session
from soundly.strategies.modulo.reformulator import Reformulator
from soundly.strategies.modulo.review import CLAIM, FORMAT, Review, Voice, reviewed


class Gate(Protocol):
    """Reads an answer, judges it, and asks those who advise."""

    async def review(self, completion: Completion) -> Review:
        """What came of the answer; its voices are empty where it is accepted."""
        ...

    async def advice(self, review: Review) -> tuple[Voice, ...]:
        """What soft critics add about an answer that is not accepted."""
        ...


class CriticGate:
    """The session's critic gates, after the format critic; soft critics advise."""

    def __init__(
        self, session: Session, reformulator: Reformulator, advisers: Sequence[Critic]
    ) -> None:
        self._session = session
        self._reformulator = reformulator
        self._advisers = tuple(advisers)

    async def review(self, completion: Completion) -> Review:
        """The critic's verdict, on the reformulated answer where the original had no form."""
        attempt = await self._session.check(completion)
        written, attempt = await self._reformulator.reformulated(completion, attempt)
        return reviewed(attempt, written)

    async def advice(self, review: Review) -> tuple[Voice, ...]:
        """The critiques of soft critics that reject the candidate; none where nothing was read.

        A critic that cannot tell has its say in the trace, and not in the next prompt.
        """
        candidate = review.attempt.candidate if review.attempt else None
        if candidate is None:
            return ()
        verdicts = [(c.name, await self._session.advise(c, candidate)) for c in self._advisers]
        return tuple(
            Voice(name, verdict.critiques, advice=True)
            for name, verdict in verdicts
            if verdict.rejected
        )


class JudgeGate:
    """A judge in the critic's place, whose word ends the loop and is worth nothing after it.

    Where it cannot tell, the loop goes on, and the model is told no reason.
    """

    def __init__(self, session: Session, judge: Critic) -> None:
        self._session = session
        self._judge = judge

    async def review(self, completion: Completion) -> Review:
        """The judge's verdict; where there is nothing to judge, the judge is not asked."""
        match self._session.read(completion):
            case Unreadable(critique):
                return Review(completion, False, None, (Voice(FORMAT, (critique,)),))
            case ClaimedUnsolvable():
                return Review(completion, False, None, (Voice(CLAIM, (UNPROVED_CLAIM,)),))
            case Found(solution, canonical, _):
                candidate = Candidate(solution, canonical, self._judge.name, completion)
                verdict = await self._session.advise(self._judge, candidate)
                said = verdict.critiques if verdict.rejected else ()
                voices = () if verdict.accepted else (Voice(self._judge.name, said),)
                return Review(completion, verdict.accepted, canonical, voices)

    async def advice(self, review: Review) -> tuple[Voice, ...]:  # noqa: ARG002
        """Nothing: the judge has spoken."""
        return ()
