"""What goes to a model and what comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, get_args

from soundly.core.spend import Quote, Usage, require_amounts

Role: TypeAlias = Literal["system", "user", "assistant"]
FinishReason: TypeAlias = Literal["stop", "length", "filter", "other"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str

    def __post_init__(self) -> None:
        if self.role not in get_args(Role):
            raise ValueError(f"role is {self.role!r}, wanted one of {', '.join(get_args(Role))}")


@dataclass(frozen=True, slots=True)
class Request:
    """A conversation to complete, with everything that shapes the completion.

    ``max_output_tokens`` bounds the bill, so it is never absent. ``grammar`` is GBNF and is
    honoured only by generators that can hold decoding to a grammar; the others refuse it.
    ``reasoning_effort`` goes through to models that reason ("low", "medium", "high").
    """

    messages: tuple[Message, ...]
    max_output_tokens: int = 1024
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()
    reasoning_effort: str | None = None
    grammar: str | None = None

    def __post_init__(self) -> None:
        if not self.messages:
            raise ValueError("a request needs at least one message")
        require_decoding(self.max_output_tokens, self.temperature)
        if self.top_p is not None and not 0 < self.top_p <= 1:
            raise ValueError(f"top_p is {self.top_p}, wanted more than 0 and at most 1")


def require_decoding(max_output_tokens: int, temperature: float | None) -> None:
    """Raise `ValueError` for a bound of no tokens or a temperature that is none."""
    if max_output_tokens < 1:
        raise ValueError(f"max_output_tokens is {max_output_tokens}, wanted at least 1")
    if temperature is not None and not (temperature >= 0 and math.isfinite(temperature)):
        raise ValueError(f"temperature is {temperature}, wanted a number of at least 0")


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answered, and what it cost.

    ``dollars`` is None where no price is known, else computed with the prices of
    ``price_date`` (ISO). ``logprobs`` are per output token, in nats, where the model gives them.
    ``cached`` marks a replay from the cache on disk: it cost nothing this time.
    """

    text: str
    model: str
    finish_reason: FinishReason = "stop"
    usage: Usage = Usage()
    dollars: float | None = 0.0
    price_date: str | None = None
    logprobs: tuple[float, ...] | None = None
    reasoning: str | None = None
    cached: bool = False

    def __post_init__(self) -> None:
        if self.finish_reason not in get_args(FinishReason):
            wanted = ", ".join(get_args(FinishReason))
            raise ValueError(f"finish_reason is {self.finish_reason!r}, wanted one of {wanted}")
        _require_type("text", self.text, str)
        _require_type("usage", self.usage, Usage)
        if self.dollars is not None:
            require_amounts(self.dollars)
        if self.logprobs is not None and not all(map(math.isfinite, self.logprobs)):
            raise ValueError("a log-probability is not finite, which JSON cannot say")


def _require_type(name: str, value: object, wanted: type) -> None:
    if not isinstance(value, wanted):
        raise ValueError(f"{name} is a {type(value).__name__}, wanted a {wanted.__name__}")


class Generator(Protocol):
    """A client for one model.

    ``complete`` raises `GeneratorError` when the model does not answer; it never invents text.
    """

    @property
    def name(self) -> str:
        """The model as the user named it, with its provider."""
        ...

    def quote(self, request: Request) -> Quote:
        """The most that ``complete(request)`` can cost, without asking anyone."""
        ...

    async def complete(self, request: Request) -> Completion:
        """One completion of the conversation; cancelling it is safe at any time."""
        ...
