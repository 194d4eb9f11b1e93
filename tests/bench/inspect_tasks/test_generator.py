"""Inspect's model behind our seam."""

from __future__ import annotations

import anyio
import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessageAssistant,
    ContentReasoning,
    ContentText,
    GenerateConfig,
    Logprob,
    Logprobs,
    ModelOutput,
    ModelUsage,
)

from soundly.bench.inspect_tasks.generator import InspectModel
from soundly.core.completion import Message, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.spend import Usage

pytestmark = pytest.mark.anyio
REQUEST = Request((Message("system", "be brief"), Message("user", "2 + 2?")))
USAGE = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)


class Answering:
    """What `InspectModel` uses of Inspect's model, without its limits on connections."""

    def __init__(self, output: object) -> None:
        self._output = output

    def __str__(self) -> str:
        return "mockllm/model"

    async def generate(self, messages: list, *, config: GenerateConfig) -> object:
        return await self._output(messages, config) if callable(self._output) else self._output


def giving(output: object) -> InspectModel:
    return InspectModel(Answering(output))


def said(text: str = "4", **changes: object) -> ModelOutput:
    output = ModelOutput.from_content("mockllm/model", text)
    return output.model_copy(update={"usage": USAGE, **changes})


async def test_cached_and_reasoning_tokens_are_counted_as_parts_of_the_whole() -> None:
    usage = ModelUsage(
        input_tokens=10,
        input_tokens_cache_read=7,
        input_tokens_cache_write=3,
        output_tokens=9,
        reasoning_tokens=6,
        total_tokens=29,
        total_cost=0.25,
    )
    completion = await giving(said(usage=usage)).complete(REQUEST)
    assert completion.usage == Usage(20, 9, 6, 7)
    assert completion.dollars == 0.25


async def test_an_unknown_price_stays_unknown() -> None:
    model = giving(said())
    assert model.quote(REQUEST).dollars is None
    assert (await model.complete(REQUEST)).dollars is None


async def test_an_answer_without_a_bill_is_booked_at_its_upper_bound() -> None:
    model = giving(said(usage=ModelUsage()))
    quote = model.quote(REQUEST)
    assert (await model.complete(REQUEST)).usage == Usage(quote.input_tokens, quote.output_tokens)


@pytest.mark.parametrize(
    ("stopped", "finish"),
    [
        ("stop", "stop"),
        ("max_tokens", "length"),
        ("model_length", "length"),
        ("content_filter", "filter"),
        ("unknown", "other"),
    ],
)
async def test_each_stop_reason_has_its_finish_reason(stopped: str, finish: str) -> None:
    output = ModelOutput.from_content("mockllm/model", "4", stop_reason=stopped)
    completion = await giving(output.model_copy(update={"usage": USAGE})).complete(REQUEST)
    assert completion.finish_reason == finish


async def test_log_probabilities_and_reasoning_come_through() -> None:
    content = [ContentReasoning(reasoning="two and two"), ContentText(text="4")]
    choice = ChatCompletionChoice(
        message=ChatMessageAssistant(content=content),
        stop_reason="stop",
        logprobs=Logprobs(content=[Logprob(token="4", logprob=-0.5)]),
    )
    completion = await giving(ModelOutput(choices=[choice], usage=USAGE)).complete(REQUEST)
    assert completion.logprobs == (-0.5,)
    assert completion.reasoning == "two and two"
    assert completion.text == "4"


async def test_the_request_reaches_the_model_as_it_was_made() -> None:
    seen = []

    async def answer(messages: list, config: GenerateConfig) -> object:
        seen.append(([(each.role, each.text) for each in messages], config))
        return said()

    request = Request(REQUEST.messages, max_output_tokens=7, temperature=0.5, seed=3, stop=("END",))
    await giving(answer).complete(request)
    [(messages, config)] = seen
    assert messages == [("system", "be brief"), ("user", "2 + 2?")]
    assert (config.max_tokens, config.temperature, config.seed) == (7, 0.5, 3)
    assert config.stop_seqs == ["END"]


async def test_no_answer_at_all_is_a_broken_model() -> None:
    with pytest.raises(GeneratorError, match="refused on principle"):
        await giving(ModelOutput(choices=[], error="refused on principle", usage=USAGE)).complete(
            REQUEST
        )


async def test_a_grammar_is_refused() -> None:
    with pytest.raises(UsageError, match="grammar"):
        await giving(said()).complete(Request(REQUEST.messages, grammar="root ::= [0-9]"))


async def test_cancelling_a_call_ends_it() -> None:
    async def never(*asked: object) -> object:
        await anyio.sleep_forever()

    with anyio.move_on_after(0.01) as scope:
        await giving(never).complete(REQUEST)
    assert scope.cancelled_caught
