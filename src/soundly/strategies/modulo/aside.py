"""What a strategy asks a model besides answers: summaries and reformulations."""

from __future__ import annotations

from dataclasses import replace

from soundly.core.completion import Completion, Message
from soundly.core.session import Session
from soundly.strategies.sampling import Sampling


class Aside:
    """Calls of one purpose, credited to a part of their own, which begins with the first.

    They are asked at temperature 0. Where the sampling has a reasoning effort they are asked with
    that and no temperature, since models that reason take none.
    """

    def __init__(self, session: Session, name: str, sampling: Sampling) -> None:
        self._session = session
        self._name = name
        effort = sampling.reasoning_effort
        self._sampling = replace(sampling, temperature=0.0 if effort is None else None)
        self._part: Session | None = None

    @property
    def part(self) -> Session:
        """The session as this part sees it."""
        if self._part is None:
            self._part = self._session.part(self._name)
        return self._part

    async def ask(self, messages: tuple[Message, ...]) -> Completion:
        """One completion of the conversation."""
        return await self.part.generate(self._sampling.request(messages, self._session.rng))
