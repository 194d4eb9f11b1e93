"""A model whose answers are written down beforehand: for tests, examples and the tutorial.

A fake in the open: it obeys every law of a `Generator` and costs nothing.

>>> import anyio
>>> from soundly.core.completion import Message, Request
>>> model = Scripted(["(pick-up a)", "(stack a b)"])
>>> request = Request((Message("user", "Stack a on b."),))
>>> anyio.run(model.complete, request).text
'(pick-up a)'
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

import anyio

from soundly.core.codec import CodecError, from_json
from soundly.core.completion import Completion, FinishReason, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.spend import Quote, Usage
from soundly.generators.availability import USABLE, Availability
from soundly.generators.bounds import input_token_bound
from soundly.generators.json_lines import read_json_lines

Reply: TypeAlias = str | Completion | Exception
"""What a script holds: a text, a whole completion, or a failure to raise."""


class Scripted:
    """Gives the replies in the order in which it is asked; calls at the same time take one each.

    A text is booked at ``usage``, or where that is None at one token a word, never more than the
    request allows. When the script has run out, `GeneratorError`; with ``cycle`` it starts again.
    """

    def __init__(
        self,
        replies: Iterable[Reply],
        *,
        name: str = "scripted",
        latency_seconds: float = 0.0,
        usage: Usage | None = None,
        cycle: bool = False,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self._replies = tuple(replies)
        self._asked: list[Request] = []
        self._cycle = cycle
        self._rewound = partial(
            Scripted,
            self._replies,
            name=name,
            latency_seconds=latency_seconds,
            usage=usage,
            cycle=cycle,
            sleep=sleep,
        )
        self._answer = ScriptedBy(
            self._next_reply, name=name, latency_seconds=latency_seconds, usage=usage, sleep=sleep
        )

    @property
    def name(self) -> str:
        """The name given to the script."""
        return self._answer.name

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, in order: what a test wants to look at."""
        return tuple(self._asked)

    def quote(self, request: Request) -> Quote:
        """The bound that a hosted model without a tokenizer would give; it costs no dollars."""
        return self._answer.quote(request)

    async def complete(self, request: Request) -> Completion:
        """The next reply of the script; an exception among the replies is raised."""
        return await self._answer.complete(request)

    def rewound(self) -> Scripted:
        """The same script from its first reply."""
        return self._rewound()

    def _next_reply(self, request: Request) -> Reply:
        number = len(self._asked)
        self._asked.append(request)
        if self._cycle and self._replies:
            return self._replies[number % len(self._replies)]
        if number >= len(self._replies):
            return GeneratorError(
                f"{self.name}: the script has {len(self._replies)} replies, "
                f"this was call {number + 1}",
                billed=False,
            )
        return self._replies[number]


class ScriptedBy:
    """Answers with what a function makes of the request; a text is booked as in `Scripted`."""

    def __init__(
        self,
        function: Callable[[Request], Reply],
        *,
        name: str = "scripted",
        latency_seconds: float = 0.0,
        usage: Usage | None = None,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self._function = function
        self._name = name
        self._latency_seconds = latency_seconds
        self._usage = usage
        self._sleep = sleep

    @property
    def name(self) -> str:
        """The name given to the function."""
        return self._name

    def quote(self, request: Request) -> Quote:
        """The bound that a hosted model without a tokenizer would give; it costs no dollars."""
        return Quote(input_token_bound(request), request.max_output_tokens)

    async def complete(self, request: Request) -> Completion:
        """What the function makes of the request; an exception that it returns is raised.

        The function is asked before the latency passes, so replies follow the order of calls.
        """
        reply = self._function(request)
        await self._sleep(self._latency_seconds)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Completion):
            return reply
        usage = self._usage or _words(request, reply)
        return Completion(text=reply, model=self._name, usage=usage)


def from_spec(rest: str) -> Scripted:
    """The script in a JSON Lines file, for a model named ``scripted:FILE``.

    A line is a JSON string, or an object: ``{"text": …, "finish_reason": …, "usage": {…}}``, of
    which only the text is needed, or ``{"error": …, "retryable": true}``.

    Raises:
        UsageError: no file is named, it cannot be read or is empty, or a line has another form.
    """
    if not rest:
        raise UsageError("scripted: needs a file, as in scripted:replies.jsonl")
    path = Path(rest)
    replies = [_read_reply(path, number, value) for number, value in read_json_lines(path)]
    if not replies:
        raise UsageError(f"{path} holds no reply; wanted a JSON string or object a line")
    return Scripted(replies, name=f"scripted:{rest}")


def availability() -> Availability:
    """Always usable: it needs nothing."""
    return USABLE


def _read_reply(path: Path, number: int, value: object) -> Reply:
    if isinstance(value, str):
        return value
    try:
        if not isinstance(value, Mapping):
            raise CodecError(f"got {type(value).__name__}, wanted a string or an object")
        if "error" in value:
            return _read_failure(value)
        return _read_completion(value, f"scripted:{path}")
    except CodecError as error:
        raise UsageError(f"{path}, line {number}: {error}") from error


def _read_failure(value: Mapping[str, object]) -> GeneratorError:
    _only(value, {"error", "retryable"})
    message = from_json(str, value["error"])
    return GeneratorError(message, retryable=from_json(bool, value.get("retryable", False)))


def _read_completion(value: Mapping[str, object], model: str) -> Completion:
    _only(value, {"text", "finish_reason", "usage"})
    if "text" not in value:
        raise CodecError("field 'text' is missing")
    return Completion(
        text=from_json(str, value["text"]),
        model=model,
        finish_reason=_finish_reason(value.get("finish_reason", "stop")),
        usage=_read_usage(value.get("usage", {})),
    )


def _finish_reason(value: object) -> FinishReason:
    reasons: tuple[FinishReason, ...] = ("stop", "length", "filter", "other")
    for reason in reasons:
        if value == reason:
            return reason
    raise CodecError(f"finish_reason: got {value!r}, wanted one of {', '.join(reasons)}")


def _read_usage(value: object) -> Usage:
    if not isinstance(value, Mapping):
        raise CodecError(f"usage: got {type(value).__name__}, wanted an object")
    nothing = {"input_tokens": 0, "output_tokens": 0, "reasoning_tokens": 0, "cached_tokens": 0}
    return from_json(Usage, {**nothing, **value})


def _only(value: Mapping[str, object], known: set[str]) -> None:
    if unknown := sorted(set(value) - known):
        raise CodecError(f"unknown field {unknown[0]!r}")


def _words(request: Request, text: str) -> Usage:
    asked = sum(len(message.content.split()) for message in request.messages)
    return Usage(asked, min(len(text.split()), request.max_output_tokens))
