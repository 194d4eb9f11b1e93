"""Money, tokens and time: what may be spent, what could be, and what was."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one completion, as the model's server counted them.

    ``reasoning_tokens`` are a part of ``output_tokens``; ``cached_tokens`` of ``input_tokens``.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cached_tokens: int = 0

    def __post_init__(self) -> None:
        _require_counts(
            self.input_tokens, self.output_tokens, self.reasoning_tokens, self.cached_tokens
        )
        if self.reasoning_tokens > self.output_tokens or self.cached_tokens > self.input_tokens:
            raise ValueError(f"a part of the tokens cannot exceed the whole: {self}")


@dataclass(frozen=True, slots=True)
class Quote:
    """The most that one call can cost: the hold that is booked before it is made.

    ``dollars`` is None where no price is known; a budget in dollars then refuses the call.
    """

    input_tokens: int
    output_tokens: int
    dollars: float | None = 0.0

    def __post_init__(self) -> None:
        _require_counts(self.input_tokens, self.output_tokens)
        if self.dollars is not None:
            require_amounts(self.dollars)

    @property
    def tokens(self) -> int:
        """Input and output together, as a token budget counts them."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True)
class Spend:
    """What was spent: calls, tokens by kind, dollars, wall-clock seconds.

    A call whose cost is not known (cancelled, failed) stands here at its upper bound.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cached_tokens: int = 0
    dollars: float = 0.0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        _require_counts(
            self.calls,
            self.input_tokens,
            self.output_tokens,
            self.reasoning_tokens,
            self.cached_tokens,
        )
        require_amounts(self.dollars, self.seconds)

    @property
    def tokens(self) -> int:
        """Input and output together, as a token budget counts them."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Spend) -> Spend:
        return Spend(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.reasoning_tokens + other.reasoning_tokens,
            self.cached_tokens + other.cached_tokens,
            self.dollars + other.dollars,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """Immutable limits on one session; None means no limit.

    ``tokens`` counts input and output together, ``dollars`` are US dollars, ``seconds`` wall-clock.
    A limit of zero is legal and buys nothing.
    """

    calls: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    dollars: float | None = None

    def __post_init__(self) -> None:
        for name in ("calls", "tokens", "seconds", "dollars"):
            value = getattr(self, name)
            if value is not None and not (value >= 0 and math.isfinite(value)):
                raise ValueError(f"budget: {name} is {value}, wanted a number of at least 0")


def require_amounts(*amounts: float) -> None:
    """Raise `ValueError` for what is no amount of dollars or seconds.

    A negative one would give money back, and NaN would pass every limit.
    """
    for amount in amounts:
        if type(amount) not in (int, float) or not (amount >= 0 and math.isfinite(amount)):
            raise ValueError(f"an amount is {amount!r:.80}, wanted a number of at least 0")


def _require_counts(*counts: int) -> None:
    for count in counts:
        if type(count) is not int or count < 0:
            raise ValueError(f"a count is {count!r:.80}, wanted a whole number of at least 0")
