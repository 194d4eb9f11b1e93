"""The laws of a generator: it costs no more than it quoted, and cancelling it is safe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import anyio
import anyio.lowlevel

from soundly.core.completion import Completion, Generator, Request
from soundly.core.spend import Quote
from soundly.testing.law import require


@dataclass(frozen=True)
class GeneratorCase:
    """How to make a generator, with requests that it can answer.

    ``deterministic``: a fresh generator gives the same answer to the same request and seed.
    """

    make: Callable[[], Generator]
    requests: tuple[Request, ...]
    deterministic: bool = True


GeneratorLaw: TypeAlias = Callable[[GeneratorCase], Awaitable[None]]


async def a_quote_is_an_upper_bound(case: GeneratorCase) -> None:
    """No call costs more tokens or dollars than its quote, and an unpriced one quotes no price."""
    generator = case.make()
    for request in case.requests:
        quote = generator.quote(request)
        completion = await generator.complete(request)
        require(isinstance(completion, Completion), f"{generator.name} gives no Completion")
        require(_within(completion, quote), f"{completion.usage} is more than {quote} allows")
        if quote.dollars is not None:
            dollars = completion.dollars
            require(dollars is not None, f"{generator.name} quotes a price and tells no cost")
            require((dollars or 0.0) <= quote.dollars, f"{dollars} dollars, quoted {quote.dollars}")


async def quoting_asks_nobody(case: GeneratorCase) -> None:
    """A quote is the same every time, also between calls: it comes from the request alone."""
    generator = case.make()
    for request in case.requests:
        before = generator.quote(request)
        await generator.complete(request)
        require(generator.quote(request) == before, f"{generator.name} quotes twice differently")


async def the_output_bound_holds(case: GeneratorCase) -> None:
    """A completion has no more output tokens than the request allows."""
    generator = case.make()
    for request in case.requests:
        completion = await generator.complete(request)
        used = completion.usage.output_tokens
        require(used <= request.max_output_tokens, f"{used} of {request.max_output_tokens} tokens")


async def same_request_same_answer(case: GeneratorCase) -> None:
    """A deterministic generator, made afresh, answers the same requests in the same words."""
    if not case.deterministic:
        return
    first, second = case.make(), case.make()
    for request in case.requests:
        one, other = await first.complete(request), await second.complete(request)
        texts = f"{one.text!r:.100}, then {other.text!r:.100}"
        require(one.text == other.text, f"{first.name}: {texts}")


async def cancelling_is_safe(case: GeneratorCase) -> None:
    """After a call was cancelled at once or a moment later, the generator still answers."""
    generator = case.make()
    request = case.requests[0]
    with anyio.CancelScope() as scope:
        scope.cancel()
        await generator.complete(request)
    async with anyio.create_task_group() as group:
        group.start_soon(generator.complete, request)
        await anyio.lowlevel.checkpoint()
        group.cancel_scope.cancel()
    with anyio.fail_after(60):
        completion = await generator.complete(case.requests[-1])
    require(isinstance(completion, Completion), f"{generator.name} gives no Completion any more")


async def calls_at_the_same_time_are_kept_apart(case: GeneratorCase) -> None:
    """Calls made at once all come back, each within its own quote."""
    generator = case.make()
    completions: list[tuple[Request, Completion]] = []

    async def call(request: Request) -> None:
        completions.append((request, await generator.complete(request)))

    async with anyio.create_task_group() as group:
        for request in case.requests:
            group.start_soon(call, request)
    require(len(completions) == len(case.requests), "a call did not come back")
    for request, completion in completions:
        quote = generator.quote(request)
        require(_within(completion, quote), f"{completion.usage} is more than {quote} allows")


def _within(completion: Completion, quote: Quote) -> bool:
    usage = completion.usage
    return (
        usage.input_tokens <= quote.input_tokens
        and usage.output_tokens <= quote.output_tokens
        and usage.input_tokens + usage.output_tokens <= quote.tokens
    )


GENERATOR_LAWS: tuple[GeneratorLaw, ...] = (
    a_quote_is_an_upper_bound,
    quoting_asks_nobody,
    the_output_bound_holds,
    same_request_same_answer,
    cancelling_is_safe,
    calls_at_the_same_time_are_kept_apart,
)
"""Every law of a generator: run each over each of your cases."""
