"""Models that misbehave, in the open: they fail, never answer, or cost all that they may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from itertools import count

import anyio
import anyio.lowlevel

from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import GeneratorError
from soundly.core.spend import Quote, Usage
from soundly.generators.bounds import input_token_bound


class Failing:
    """Fails every call with this error, or with a `GeneratorError` that no retry mends."""

    name = "failing"

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def quote(self, request: Request) -> Quote:
        """As a model without a price list would quote."""
        return Quote(input_token_bound(request), request.max_output_tokens)

    async def complete(self, request: Request) -> Completion:  # noqa: ARG002
        """Raises."""
        await anyio.lowlevel.checkpoint()
        if self._error is not None:
            raise self._error
        # A new one each time: what is raised twice drags its first traceback along.
        raise GeneratorError("failing: no answer today")


class Slow:
    """Never answers; cancelling it is the only way out. ``started`` counts calls."""

    name = "slow"

    def __init__(self) -> None:
        self.started = 0

    def quote(self, request: Request) -> Quote:
        """As a model without a price list would quote."""
        return Quote(input_token_bound(request), request.max_output_tokens)

    async def complete(self, request: Request) -> Completion:  # noqa: ARG002
        """Waits for ever."""
        self.started += 1
        await anyio.sleep_forever()
        raise GeneratorError("slow: for ever has passed")


class Greedy:
    """Answers in turn from ``texts``, and every call costs its whole quote, to the last token.

    Each answer comes with one log-probability, the same for all.
    """

    name = "greedy"

    def __init__(self, texts: Iterable[str], *, dollars_per_token: float | None = 2.0**-10) -> None:
        self._texts = tuple(texts)
        self._calls = count()
        self._price = dollars_per_token

    def quote(self, request: Request) -> Quote:
        """A bound in tokens and, where there is a price, in dollars."""
        tokens = input_token_bound(request), request.max_output_tokens
        return Quote(*tokens, None if self._price is None else sum(tokens) * self._price)

    async def complete(self, request: Request) -> Completion:
        """The next text, at the price of the quote."""
        await anyio.lowlevel.checkpoint()
        quote = self.quote(request)
        return Completion(
            self._texts[next(self._calls) % len(self._texts)],
            self.name,
            usage=Usage(quote.input_tokens, quote.output_tokens),
            dollars=quote.dollars,
            logprobs=(-0.5,),
        )


class Counting:
    """Keeps a bill of its own for another generator: calls that began, tokens of those that ended.

    ``asked`` counts the calls, ``used`` is input and output tokens.
    """

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self.asked = 0
        self.used = (0, 0)

    @property
    def name(self) -> str:
        """The wrapped generator's name."""
        return self._generator.name

    def quote(self, request: Request) -> Quote:
        """The wrapped generator's quote."""
        return self._generator.quote(request)

    async def complete(self, request: Request) -> Completion:
        """The wrapped generator's completion."""
        self.asked += 1
        completion = await self._generator.complete(request)
        usage = completion.usage
        self.used = (self.used[0] + usage.input_tokens, self.used[1] + usage.output_tokens)
        return completion


class Cancelling:
    """Calls ``cancel`` when the session waits for the n-th time, counted over all calls.

    There are two waits in a call: one before the wrapped generator answers and one after it.
    ``reached`` says whether it came to that.
    """

    def __init__(self, generator: Generator, cancel: Callable[[], None], *, at: int) -> None:
        self._generator = generator
        self._cancel = cancel
        self._left = at

    @property
    def name(self) -> str:
        """The wrapped generator's name."""
        return self._generator.name

    @property
    def reached(self) -> bool:
        """Whether the session was cancelled."""
        return self._left <= 0

    def quote(self, request: Request) -> Quote:
        """The wrapped generator's quote."""
        return self._generator.quote(request)

    async def complete(self, request: Request) -> Completion:
        """The wrapped generator's completion, unless the session is cancelled before."""
        await self._wait()
        completion = await self._generator.complete(request)
        await self._wait()
        return completion

    def _wait(self) -> Awaitable[None]:
        self._left -= 1
        if self._left == 0:
            self._cancel()
        return anyio.lowlevel.checkpoint()
