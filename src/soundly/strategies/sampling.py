"""How a strategy asks for one completion."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from soundly.core.completion import Message, Request, require_decoding


@dataclass(frozen=True, slots=True)
class Sampling:
    """Decoding options that a strategy passes on to the model with every request.

    ``temperature`` of None leaves the choice to the provider.
    """

    temperature: float | None = None
    max_output_tokens: int = 1024
    reasoning_effort: str | None = None

    def __post_init__(self) -> None:
        require_decoding(self.max_output_tokens, self.temperature)

    def request(self, messages: tuple[Message, ...], rng: Random) -> Request:
        """A request with a seed of its own from the session's generator."""
        return Request(
            messages,
            max_output_tokens=self.max_output_tokens,
            temperature=self.temperature,
            seed=rng.getrandbits(31),
            reasoning_effort=self.reasoning_effort,
        )
