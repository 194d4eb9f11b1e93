"""The frozen model as an environment: moves go in, and a verified reward comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import anyio

from soundly.core.candidate import Candidate, Found
from soundly.core.completion import Completion
from soundly.core.errors import CriticError, FamilyError, PartError, UsageError
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Guarantee
from soundly.critics.no_model import no_model
from soundly.engine.attributed import attributed
from soundly.strategies.moves import Move


@dataclass(frozen=True, slots=True)
class Play:
    """A problem with the moves that are added to its prompt."""

    problem: Problem
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A completion: its text, what it cost in tokens of prompt and answer together.

    ``confidence`` is how sure the model was of it, from 0 to 1; None where it does not tell.
    """

    text: str
    tokens: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a play.

    ``reward`` is 1 where a sound critic accepted and 0 where it rejected or nothing could be read;
    None where nobody can tell, because a part broke or the critic was in doubt.
    """

    reward: float | None
    tokens: int
    confidence: float | None = None


class Base(Protocol):
    """A model that nothing here trains."""

    def prompt(self, problem: Problem) -> str:
        """The message that moves are added to, as a guide sees it."""
        ...

    def complete(self, plays: Sequence[Play], *, seed: int) -> list[Said]:
        """One completion behind each prompt; equal seeds and plays give equal completions."""
        ...


@dataclass(frozen=True, slots=True)
class Environment:
    """A base and the family whose critic decides.

    The critic has to be sound: a reward that can be wrong is learnt to be got wrongly.
    Answers that were judged once are not judged again.
    """

    base: Base
    family: Family
    _known: dict[tuple[Problem, str], float] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        critic = self.family.critic
        if Guarantee.SOUND not in critic.guarantee:
            raise UsageError(f"critic {critic.name} is not sound, and rewards have to be")

    def play(self, plays: Sequence[Play], *, seed: int) -> list[Played]:
        """What becomes of each play, in their order. Not for use inside an event loop."""
        said = self.base.complete(plays, seed=seed)
        return anyio.run(self._judged, plays, said)

    async def _judged(self, plays: Sequence[Play], said: Sequence[Said]) -> list[Played]:
        return [
            Played(await self._reward(play.problem, each.text), each.tokens, each.confidence)
            for play, each in zip(plays, said, strict=True)
        ]

    async def _reward(self, problem: Problem, text: str) -> float | None:
        known = self._known.get((problem, text))
        if known is not None:
            return known
        try:
            reward = await verified_reward(self.family, problem, text)
        except PartError:
            return None
        if reward is not None:
            self._known[problem, text] = reward
        return reward


async def verified_reward(family: Family, problem: Problem, text: str) -> float | None:
    """1 where the family's critic accepts, 0 where it rejects or nothing is read, None in doubt.

    Raises `PartError` where the family or its critic breaks.
    """
    with attributed(FamilyError, f"family {family.name}"):
        reading = family.read(problem, text)
    if not isinstance(reading, Found):
        return 0.0
    completion = Completion(text, "frozen")
    candidate = Candidate(reading.solution, reading.canonical, "moves", completion)
    with attributed(CriticError, f"critic {family.critic.name}"):
        verdict = await family.critic.judge(problem, candidate, no_model)
    if verdict.accepted:
        return 1.0
    return 0.0 if verdict.rejected else None
