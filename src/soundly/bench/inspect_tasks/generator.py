"""The model that Inspect evaluates, as a generator of ours."""

from __future__ import annotations

import math

from inspect_ai.model import GenerateConfig, Model, ModelOutput, ModelUsage

from soundly.bench.inspect_tasks.samples import chat
from soundly.core.completion import Completion, FinishReason, Message, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.spend import Quote, Usage
from soundly.generators.bounds import input_token_bound
from soundly.generators.wording import encodable

_FINISH: dict[str, FinishReason] = {
    "stop": "stop",
    "max_tokens": "length",
    "model_length": "length",
    "content_filter": "filter",
}


class InspectModel:
    """Inspect's model behind our seam: it caches, retries and counts as Inspect was told to.

    A request's options go over the model's own ones; what the request leaves open, such as the
    temperature, Inspect's configuration decides. Log-probabilities come back where that asks for
    them. Prices are Inspect's: no call is quoted in dollars, and what it cost is known only where
    Inspect was given the model's price.
    """

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The model as Inspect names it, with its provider."""
        return f"inspect:{self._model}"

    def quote(self, request: Request) -> Quote:
        """A token for each byte of input, all the output allowed, and no price."""
        return Quote(input_token_bound(request), request.max_output_tokens, None)

    async def complete(self, request: Request) -> Completion:
        """One completion. What Inspect raises, its limits among it, passes through.

        Raises:
            GeneratorError: the model came back without any answer.
            UsageError: the request has a grammar.
        """
        if request.grammar is not None:
            raise UsageError(f"{self.name} cannot hold its answer to a grammar")
        spoken = tuple(Message(each.role, encodable(each.content)) for each in request.messages)
        output = await self._model.generate(chat(spoken), config=_config(request))
        if output.empty:
            raise GeneratorError(f"{self.name} gave no answer: {output.error or 'nothing said'}")
        usage = output.usage and _usage(output.usage)
        if not usage:
            # An answer without a bill is not a free one: it is booked at its upper bound.
            bound = self.quote(request)
            usage = Usage(bound.input_tokens, bound.output_tokens)
        return Completion(
            text=output.completion,
            model=output.model or str(self._model),
            finish_reason=_FINISH.get(output.stop_reason, "other"),
            usage=usage,
            dollars=output.usage.total_cost if output.usage else None,
            logprobs=_logprobs(output),
            reasoning=_reasoning(output),
        )


def _config(request: Request) -> GenerateConfig:
    given = {
        "max_tokens": request.max_output_tokens,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "seed": request.seed,
        "stop_seqs": list(request.stop) or None,
        "reasoning_effort": request.reasoning_effort,
    }
    return GenerateConfig.model_validate(
        {name: value for name, value in given.items() if value is not None}
    )


def _usage(told: ModelUsage) -> Usage | None:
    """The tokens in our terms: Inspect counts what came from a cache beside the input."""
    cached = told.input_tokens_cache_read or 0
    sent = told.input_tokens + cached + (told.input_tokens_cache_write or 0)
    if not (sent or told.output_tokens):
        return None
    return Usage(
        input_tokens=sent,
        output_tokens=told.output_tokens,
        reasoning_tokens=min(told.reasoning_tokens or 0, told.output_tokens),
        cached_tokens=cached,
    )


def _logprobs(output: ModelOutput) -> tuple[float, ...] | None:
    told = output.choices[0].logprobs
    if told is None or not told.content:
        return None
    values = tuple(token.logprob for token in told.content)
    return values if all(map(math.isfinite, values)) else None


def _reasoning(output: ModelOutput) -> str | None:
    content = output.message.content
    if isinstance(content, str):
        return None
    return "".join(part.reasoning for part in content if part.type == "reasoning") or None
