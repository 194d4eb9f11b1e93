"""The frozen model as an environment: moves go in, and a verified reward comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import anyio

from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.strategies.moves import Move
from soundly.training.judging import judged, require_sound


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

    Answers that were judged once are not judged again. Raises `UsageError` for a family whose
    critic is not sound: what it accepts wrongly would be learnt.
    """

    base: Base
    family: Family
    _known: dict[tuple[Problem, str], float] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        require_sound(self.family)

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
        reward = (
            await judged(self.family, problem, lambda: self.family.read(problem, text))
        ).reward
        if reward is not None:
            self._known[problem, text] = reward
        return reward
