"""A model in this process: a GGUF file run by llama.cpp, without key, network or price.

Facts measured with xllamacpp 2026.10: one seed gives one text on one machine, alone or among
others, as long as the prompt cache is off, so it is. Another machine or version may give another.
"""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from anyio import CapacityLimiter, to_thread

from soundly.core.completion import Completion, FinishReason, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.spend import Quote, Usage
from soundly.generators.availability import USABLE, Availability, missing, needs_module
from soundly.generators.digests import file_sha256
from soundly.generators.llama_server import LlamaServer
from soundly.generators.per_loop import PerLoop
from soundly.generators.wording import wire_messages

_FINISH: dict[str, FinishReason] = {"stop": "stop", "length": "length"}


class Embedded:
    """A GGUF file as a generator, with grammars, log-probabilities and exact token counts.

    Loading happens here, in the constructor, and blocks: half a second for 100 MB. ``slots``
    requests run at once, batched by llama.cpp; others wait. ``context_tokens`` bounds prompt and
    answer together: a prompt that leaves no room is a `GeneratorError`, and an answer that runs
    into the end finishes with "length". What a request leaves open (temperature, top-k, min-p)
    is llama.cpp's default. ``threads`` is None for half of the processors.

    Cancelling returns at once; llama.cpp stops at its next token, or where it is still reading
    the prompt, at its next batch of 512. Call `close` when done, or use it as a context manager.

    Raises:
        UsageError: xllamacpp is not installed, or the file cannot be read or loaded.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        name: str | None = None,
        slots: int = 2,
        context_tokens: int = 4096,
        threads: int | None = None,
        logprobs: bool = True,
    ) -> None:
        if slots < 1 or context_tokens < 1:
            raise UsageError(
                f"slots is {slots} and context_tokens {context_tokens}, wanted at least 1 each"
            )
        self._path = Path(path)
        self._name = name or f"gguf:{path}"
        self._context_tokens = context_tokens
        self._logprobs = logprobs
        self._server: LlamaServer | None = LlamaServer(
            self._path, slots=slots, context_tokens=context_tokens, threads=threads
        )
        self._limiter = PerLoop(lambda: CapacityLimiter(slots))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The model as the user named it."""
        return self._name

    @property
    def identity(self) -> str:
        """What a cache has to tell apart: the digest of the weights and the size of the context."""
        return f"gguf sha256={file_sha256(self._path)} context={self._context_tokens}"

    def close(self) -> None:
        """Unload the model once the calls under way have ended; calls after this one fail."""
        self._server = None

    def quote(self, request: Request) -> Quote:
        """The exact input, by the model's own tokenizer, and the room that is left for output."""
        tokens = self._open_server().count_tokens(self._conversation(request))
        room = max(self._context_tokens - tokens, 0)
        return Quote(tokens, min(request.max_output_tokens, room))

    async def complete(self, request: Request) -> Completion:
        """One completion, with log-probabilities of the model before sampling.

        For a token whose probability is zero in single precision, which a grammar can force,
        llama.cpp says -3.4e38, the lowest float of that precision, and never minus infinity
        (``completion_token_output::logarithm`` in its server).

        Raises:
            GeneratorError: the prompt leaves no room in the context, the grammar does not parse,
                or the model is closed. None of them is worth another try.
            UsageError: the request has a reasoning effort, and the chat template knows of none.
        """
        server = self._open_server()
        answer = _Answer()
        body = self._body(request)
        try:
            await to_thread.run_sync(
                _run, server, body, answer, abandon_on_cancel=True, limiter=self._limiter.get()
            )
        finally:
            answer.cancelled.set()
        return answer.completion(self._name)

    def _open_server(self) -> LlamaServer:
        if self._server is None:
            raise GeneratorError(f"{self._name} is closed", billed=False)
        return self._server

    def _conversation(self, request: Request) -> dict[str, object]:
        """What the chat template makes the prompt of; it alone knows of reasoning."""
        messages: dict[str, object] = {"messages": wire_messages(request)}
        if request.reasoning_effort is None:
            return messages
        if "reasoning_effort" not in self._open_server().chat_template:
            raise UsageError(f"{self._name} takes no reasoning effort; leave reasoning_effort out")
        return messages | {"chat_template_kwargs": {"reasoning_effort": request.reasoning_effort}}

    def _body(self, request: Request) -> dict[str, object]:
        body: dict[str, object] = {
            **self._conversation(request),
            "max_tokens": request.max_output_tokens,
            "stream_options": {"include_usage": True},
            # A chunk for each batch of the prompt: a chance to notice a cancellation.
            "return_progress": True,
        }
        if self._logprobs:
            body |= {"logprobs": True, "top_logprobs": 1}
        if request.seed is not None:
            body["seed"] = request.seed % 2**32
        if request.stop:
            body["stop"] = list(request.stop)
        options = {
            "temperature": request.temperature,
            "top_p": request.top_p,
            "grammar": request.grammar,
        }
        return body | {key: value for key, value in options.items() if value is not None}


class _Answer:
    """What the chunks of one call add up to. Written by one thread, read after it has ended."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._logprobs: list[float] = []
        self._finish: str | None = None
        self._usage: Usage | None = None
        self._error: str | None = None

    def take(self, chunk: dict[str, Any]) -> bool:
        """Take one chunk in; True stops llama.cpp."""
        if "error" in chunk:
            self._error = str(chunk["error"].get("message", chunk["error"]))
            return True
        for choice in chunk.get("choices", ()):
            delta = choice.get("delta", {})
            self._text.append(delta.get("content") or "")
            self._reasoning.append(delta.get("reasoning_content") or "")
            tokens = (choice.get("logprobs") or {}).get("content") or ()
            self._logprobs += [token["logprob"] for token in tokens]
            self._finish = choice.get("finish_reason") or self._finish
        if usage := chunk.get("usage"):
            self._usage = Usage(
                input_tokens=usage["prompt_tokens"],
                output_tokens=usage["completion_tokens"],
                cached_tokens=usage.get("prompt_tokens_details", {}).get("cached_tokens", 0),
            )
        return self.cancelled.is_set()

    def completion(self, model: str) -> Completion:
        """The whole; raises `GeneratorError` where llama.cpp reported an error or broke off."""
        if self._error is not None:
            raise GeneratorError(f"{model}: {self._error}", billed=False)
        if self._usage is None:
            raise GeneratorError(f"{model}: llama.cpp broke off without saying why")
        return Completion(
            text="".join(self._text),
            model=model,
            finish_reason=_FINISH.get(self._finish or "", "other"),
            usage=self._usage,
            logprobs=tuple(self._logprobs) or None,
            reasoning="".join(self._reasoning) or None,
        )


def _run(server: LlamaServer, body: dict[str, object], answer: _Answer) -> None:
    if not answer.cancelled.is_set():
        server.stream(body, answer.take)


def from_spec(
    rest: str,
    *,
    slots: int = 2,
    context_tokens: int = 4096,
    threads: int | None = None,
    logprobs: bool = True,
) -> Embedded:
    """The model in a GGUF file, for a model named ``gguf:FILE``."""
    if not rest:
        raise UsageError("gguf: needs a file, as in gguf:model.gguf")
    return Embedded(
        rest,
        name=f"gguf:{rest}",
        slots=slots,
        context_tokens=context_tokens,
        threads=threads,
        logprobs=logprobs,
    )


def availability(rest: str = "") -> Availability:
    """Whether xllamacpp is installed, and where a file is named, whether it is there."""
    engine = needs_module("xllamacpp", extra="local")
    if not engine.usable:
        return engine
    if rest and not Path(rest).is_file():
        return missing(f"{rest} is not a file")
    return USABLE
