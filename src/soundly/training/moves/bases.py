"""Frozen models: one of ours that reads a notation, in batches, or any generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from random import Random

import anyio
import torch

from soundly.core.completion import Generator, Message
from soundly.core.family import Family, PromptStyle
from soundly.core.notation import PLAN, Notation, Statement
from soundly.core.problem import Problem
from soundly.engine.first_failure import first_failure
from soundly.strategies.moves import prompt_of, with_moves, words_of
from soundly.strategies.sampling import Sampling
from soundly.training.model import Model, sample
from soundly.training.moves.environment import Play, Said
from soundly.training.vocabulary import BEGIN
from soundly.training.written import answer_in


@dataclass(frozen=True, slots=True)
class WordBase:
    """A model of ours: moves are words of its vocabulary, behind those of the statement.

    Names are numbered as the notation numbers them. Of an answer only what stands from its
    one `PLAN` on is read. Confidence is Marco-o1's, see `soundly.training.model.Sample`.
    """

    model: Model
    notation: Notation
    max_tokens: int = 96
    temperature: float = 1.0
    batch: int = 256
    _statements: dict[str, Statement] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def prompt(self, problem: Problem) -> str:
        """The statement's message."""
        return self._statement(problem).message().content

    def complete(self, plays: Sequence[Play], *, seed: int) -> list[Said]:
        """Samples, ``batch`` at a time; raises `UsageError` for a move of unknown words."""
        chance = torch.Generator(self.model.network.device).manual_seed(seed)
        said: list[Said] = []
        for first in range(0, len(plays), self.batch):
            said += self._batch(plays[first : first + self.batch], chance)
        return said

    def _batch(self, plays: Sequence[Play], chance: torch.Generator) -> list[Said]:
        vocabulary = self.model.vocabulary
        prompts = [vocabulary.encode((BEGIN, *self._words(play))) for play in plays]
        samples = sample(
            self.model,
            prompts,
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            generator=chance,
        )
        said: list[Said] = []
        for play, prompt, each in zip(plays, prompts, samples, strict=True):
            words = vocabulary.decode(each.tokens)
            answer = answer_in(words)
            text = "" if answer is None else self._statement(play.problem).spelt((PLAN, *answer))
            tokens = len(prompt) + len(each.tokens) + each.ended
            said.append(Said(text, tokens, each.confidence))
        return said

    def _words(self, play: Play) -> Sequence[str]:
        (message,) = with_moves((self._statement(play.problem).message(),), play.moves)
        return words_of(message.content)

    def _statement(self, problem: Problem) -> Statement:
        known = self._statements.get(problem.digest)
        if known is None:
            known = self._statements[problem.digest] = self.notation.state(problem)
        return known


@dataclass(frozen=True, slots=True)
class GeneratorBase:
    """Any model that reads text: moves are sentences behind the problem as the family words it.

    Confidence is the mean probability of the answer's tokens, where the model tells it; the
    alternatives that Marco-o1 divides by, generators do not report. A model that does not answer
    raises `GeneratorError`: that is no reward of 0.
    """

    generator: Generator
    family: Family
    style: PromptStyle = field(default_factory=PromptStyle)
    sampling: Sampling = field(default_factory=lambda: Sampling(temperature=0.8))
    concurrency: int = 4

    def prompt(self, problem: Problem) -> str:
        """The last message of the conversation."""
        return prompt_of(self.family.render(problem, self.style))

    def complete(self, plays: Sequence[Play], *, seed: int) -> list[Said]:
        """Completions, ``concurrency`` under way at once. Not for use inside an event loop."""
        return anyio.run(self._complete, plays, seed)

    async def _complete(self, plays: Sequence[Play], seed: int) -> list[Said]:
        rng = Random(seed)  # noqa: S311 - seeds of samples are not secrets
        requests = [self.sampling.request(self._messages(play), rng) for play in plays]
        said: list[Said] = [Said("", 0)] * len(plays)
        waiting = iter(enumerate(requests))

        async def work() -> None:
            for place, request in waiting:
                completion = await self.generator.complete(request)
                usage, logprobs = completion.usage, completion.logprobs
                sure = sum(map(exp, logprobs)) / len(logprobs) if logprobs else None
                tokens = usage.input_tokens + usage.output_tokens
                said[place] = Said(completion.text, tokens, sure)

        try:
            async with anyio.create_task_group() as group:
                for _ in range(min(self.concurrency, len(plays))):
                    group.start_soon(work)
        except ExceptionGroup as failures:
            raise first_failure(failures) from failures
        return said

    def _messages(self, play: Play) -> tuple[Message, ...]:
        return with_moves(self.family.render(play.problem, self.style), play.moves)
