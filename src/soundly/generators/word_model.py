"""A model that was trained on a notation: it reads statements, and writes answers for people.

Each call numbers the problem's names anew, by the request's seed, so that another round is another
look at the problem, at temperature 0 too.
"""

from __future__ import annotations

import threading
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from anyio import CapacityLimiter, to_thread

from soundly.core.completion import Completion, FinishReason, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.notation import END, MARK, Statement, Words, relabelled, unlabelled
from soundly.core.spend import Quote, Usage
from soundly.generators.availability import USABLE, Availability, missing, needs_module
from soundly.generators.digests import file_sha256
from soundly.generators.llama_server import LlamaServer
from soundly.generators.per_loop import PerLoop
from soundly.generators.word_model_file import read_word_model

BEGIN = "<begin>"
TEMPERATURE = 0.3
"""Enough that another round says something else where the model is in doubt."""


class WordModel:
    """A GGUF file that training wrote, as a generator for the problems that its notation can say.

    It reads the first message that is a statement and nothing else: no critique, no other round.
    Where the last message is the assistant's, its content is the beginning of the answer in the
    notation's own words, numbered as the statement, and the completion is what follows it.
    Loading happens in the constructor. ``slots`` requests run at once, batched by llama.cpp.
    ``temperature`` is for requests that leave it open. ``grammar`` holds every answer to the
    statement's grammar: only steps that exist, about names that exist, and no thoughts.

    Raises:
        UsageError: xllamacpp or gguf is not installed, or the file is no such model.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        name: str | None = None,
        slots: int = 4,
        threads: int | None = None,
        temperature: float = TEMPERATURE,
        grammar: bool = False,
    ) -> None:
        if slots < 1:
            raise UsageError(f"slots is {slots}, wanted at least 1")
        self._path = Path(path)
        self._name = name or f"trained:{path}"
        about = read_word_model(self._path)
        self._words, self._notation = about.words, about.notation
        self._context_tokens = about.context_tokens
        self._numbers = {word: number for number, word in enumerate(self._words)}
        self._room = sum(word.startswith(MARK) for word in self._words)
        self._temperature, self._grammar = temperature, grammar
        self._server: LlamaServer | None = LlamaServer(
            self._path, slots=slots, context_tokens=self._context_tokens, threads=threads
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
    def notation(self) -> str:
        """The notation that it was trained on."""
        return self._notation

    @property
    def identity(self) -> str:
        """What a cache has to tell apart."""
        return (
            f"word model sha256={file_sha256(self._path)} grammar={self._grammar} "
            f"temperature={self._temperature}"
        )

    def close(self) -> None:
        """Unload the model once the calls under way have ended; calls after this one fail."""
        self._server = None

    def quote(self, request: Request) -> Quote:
        """The exact input, and the room that is left for output."""
        return self._quoted(request, _statement(request))

    async def complete(self, request: Request) -> Completion:
        """One answer, with log-probabilities of the model before sampling, one a word.

        Raises:
            UsageError: the request holds no statement of the model's notation, begins the answer
                in other words, begins it for a model that holds whole answers to a grammar, or
                asks for reasoning.
            GeneratorError: the problem is longer than the context, or the model is closed.
        """
        if self._server is None:
            raise GeneratorError(f"{self._name} is closed", billed=False)
        statement = _statement(request)
        quote = self._quoted(request, statement)
        if not quote.output_tokens:
            raise GeneratorError(
                f"{self._name}: {quote.input_tokens} tokens leave no room for an answer "
                f"in a context of {self._context_tokens}",
                billed=False,
            )
        rng = Random(request.seed or 0)  # noqa: S311 - reproducible, no secret
        labels = rng.sample(range(self._room), len(statement.names))
        body = self._body(request, statement, labels, quote)
        answer = _Answer()
        try:
            await to_thread.run_sync(
                _run,
                self._server,
                body,
                answer,
                abandon_on_cancel=True,
                limiter=self._limiter.get(),
            )
        finally:
            answer.cancelled.set()
        return self._completion(answer, statement, labels)

    def _quoted(self, request: Request, statement: Statement) -> Quote:
        if request.reasoning_effort is not None:
            raise UsageError(f"{self._name} takes no reasoning effort; leave reasoning_effort out")
        if statement.notation != self._notation:
            raise UsageError(f"{self._name} reads {self._notation}, and {statement.notation} came")
        if len(statement.names) > self._room:
            raise UsageError(
                f"{self._name} has room for {self._room} names, and {len(statement.names)} came"
            )
        tokens = 1 + len(statement.words) + len(_begun(request))
        room = max(self._context_tokens - tokens, 0)
        return Quote(tokens, min(request.max_output_tokens, room))

    def _body(
        self, request: Request, statement: Statement, labels: list[int], quote: Quote
    ) -> dict[str, object]:
        begun = _begun(request)
        if begun and self._grammar:
            raise UsageError(f"{self._name} holds whole answers to its grammar, and one is begun")
        numbers = {f"{MARK}{place}" for place in range(len(labels))}
        for word in begun:
            if word.startswith(MARK) and word not in numbers:
                raise UsageError(f"{self._name} does not know the word {word!r:.40}")
        words = (BEGIN, *relabelled((*statement.words, *begun), labels))
        if strange := [word for word in words if word not in self._numbers]:
            raise UsageError(f"{self._name} does not know the word {strange[0]!r}")
        temperature = self._temperature if request.temperature is None else request.temperature
        body: dict[str, object] = {
            "prompt": [self._numbers[word] for word in words],
            "max_tokens": quote.output_tokens,
            "temperature": temperature,
            "top_k": 0,
            "min_p": 0.0,
            "top_p": request.top_p or 1.0,
            "seed": (request.seed or 0) % 2**32,
            "logprobs": 1,
            "stream_options": {"include_usage": True},
        }
        if self._grammar and statement.grammar:
            body["grammar"] = statement.relabelled_grammar(labels)
        return body

    def _completion(self, answer: _Answer, statement: Statement, labels: list[int]) -> Completion:
        if answer.error is not None:
            raise GeneratorError(f"{self._name}: {answer.error}", billed=False)
        if answer.usage is None:
            raise GeneratorError(f"{self._name}: llama.cpp broke off without saying why")
        said = [self._words[number] for number in answer.tokens]
        words = [word for word in unlabelled(said, labels) if word != END]
        finish: FinishReason = "stop" if answer.finish == "stop" else "length"
        if finish == "stop":
            words.append(END)
        return Completion(
            text=statement.spelt(words),
            model=self._name,
            finish_reason=finish,
            usage=answer.usage,
            logprobs=tuple(answer.logprobs) or None,
        )


class _Answer:
    """What the chunks of one call add up to. Written by one thread, read after it has ended."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.tokens: list[int] = []
        self.logprobs: list[float] = []
        self.finish: str | None = None
        self.usage: Usage | None = None
        self.error: str | None = None

    def take(self, chunk: dict[str, Any]) -> bool:
        """Take one chunk in; True stops llama.cpp."""
        if "error" in chunk:
            self.error = str(chunk["error"].get("message", chunk["error"]))
            return True
        for choice in chunk.get("choices", ()):
            for token in (choice.get("logprobs") or {}).get("content") or ():
                self.tokens.append(token["id"])
                self.logprobs.append(token["logprob"])
            self.finish = choice.get("finish_reason") or self.finish
        if usage := chunk.get("usage"):
            self.usage = Usage(
                input_tokens=usage["prompt_tokens"], output_tokens=usage["completion_tokens"]
            )
        return self.cancelled.is_set()


def _run(server: LlamaServer, body: dict[str, object], answer: _Answer) -> None:
    if not answer.cancelled.is_set():
        server.stream_tokens(body, answer.take)


def _statement(request: Request) -> Statement:
    for message in request.messages:
        if message.role == "user":
            return Statement.parse(message.content)
    raise UsageError("no user message came, wanted a statement in a notation")


def _begun(request: Request) -> Words:
    """The words of an answer that is begun already."""
    last = request.messages[-1]
    return tuple(last.content.split()) if last.role == "assistant" else ()


def from_spec(
    rest: str,
    *,
    slots: int = 4,
    threads: int | None = None,
    temperature: float = TEMPERATURE,
    grammar: bool = False,
) -> WordModel:
    """The model in a file that `soundly train` wrote, for a model named ``trained:FILE``."""
    if not rest:
        raise UsageError("trained: needs a file, as in trained:RUN/model.gguf")
    return WordModel(rest, slots=slots, threads=threads, temperature=temperature, grammar=grammar)


def availability(rest: str = "") -> Availability:
    """Whether xllamacpp and gguf are installed, and where a file is named, whether it is there."""
    for module in ("xllamacpp", "gguf"):
        engine = needs_module(module, extra="local")
        if not engine.usable:
            return engine
    if rest and not Path(rest).is_file():
        return missing(f"{rest} is not a file")
    return USABLE
