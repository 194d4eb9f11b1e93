"""Trying again: full-jitter exponential backoff, with the provider's own wish honoured.

Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

import anyio

from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import GeneratorError
from soundly.core.notation import notation_read_by
from soundly.core.spend import Quote


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently.

    ``max_tries`` counts the first try too. The wait before try n+1 is drawn evenly between zero
    and ``base_seconds`` * 2^(n-1), at most ``max_seconds``. A provider that asks for a longer wait
    than ``max_seconds`` gets no further try.
    """

    max_tries: int = 4
    base_seconds: float = 0.5
    max_seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.max_tries < 1:
            raise ValueError(f"max_tries is {self.max_tries}, wanted at least 1")
        for name in ("base_seconds", "max_seconds"):
            value = getattr(self, name)
            if not (value >= 0 and math.isfinite(value)):
                raise ValueError(f"{name} is {value}, wanted a number of at least 0")

    def wait_seconds(self, tries: int, error: GeneratorError, rng: Random) -> float | None:
        """How long to wait after try number ``tries`` failed, or None: do not try again."""
        if not error.retryable or tries >= self.max_tries:
            return None
        # The exponent is bounded so that a policy of a thousand tries does not overflow a float.
        ceiling = min(self.max_seconds, self.base_seconds * 2.0 ** min(tries - 1, 64))
        jitter = rng.uniform(0.0, ceiling)
        asked = error.retry_after_seconds
        if asked is None:
            return jitter
        # Never before the time asked for, and not all clients at that very moment.
        return asked + jitter if asked <= self.max_seconds else None


class Retrying:
    """A generator that tries again where the error says that it may help.

    Every try goes through the wrapped generator, so a meter inside it books each one; anything
    that is not a retryable `GeneratorError`, a spent budget above all, passes straight through.
    The last error says how many tries were made.
    """

    def __init__(
        self,
        generator: Generator,
        policy: RetryPolicy | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
        rng: Random | None = None,
    ) -> None:
        self._generator = generator
        self._policy = policy or RetryPolicy()
        self._sleep = sleep
        self._rng = rng or Random()  # noqa: S311 - jitter needs no cryptography

    @property
    def name(self) -> str:
        """The wrapped generator's name."""
        return self._generator.name

    @property
    def notation(self) -> str | None:
        """The one notation that the wrapped generator reads, or None."""
        return notation_read_by(self._generator)

    def quote(self, request: Request) -> Quote:
        """The most that one try can cost; each further try is a purchase of its own."""
        return self._generator.quote(request)

    async def complete(self, request: Request) -> Completion:
        """The first try that succeeds, or the last error."""
        tries = 0
        while True:
            tries += 1
            try:
                return await self._generator.complete(request)
            except GeneratorError as error:
                wait_seconds = self._policy.wait_seconds(tries, error, self._rng)
                if wait_seconds is None:
                    raise _final(error, tries) from error
            await self._sleep(wait_seconds)


def _final(error: GeneratorError, tries: int) -> GeneratorError:
    made = "1 try" if tries == 1 else f"{tries} tries"
    return GeneratorError(
        f"{error} (after {made})",
        retryable=error.retryable,
        retry_after_seconds=error.retry_after_seconds,
        billed=error.billed,
    )
