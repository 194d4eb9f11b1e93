"""The real embedded model, where it is installed."""

import math
import time
from collections.abc import Iterator

import anyio
import pytest

from soundly.core.completion import Message, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.generators import embedded, smollm2
from soundly.generators.embedded import Embedded
from soundly.generators.weights import SHA256

pytestmark = pytest.mark.anyio

CONTEXT_TOKENS = 512


@pytest.fixture(scope="module")
def model() -> Iterator[Embedded]:
    told = smollm2.availability()
    if not told.usable:
        pytest.skip(told.reason)
    with smollm2.from_spec("", slots=2, context_tokens=CONTEXT_TOKENS) as loaded:
        yield loaded


async def test_one_seed_gives_one_text(model, ask):
    request = ask(max_output_tokens=12, seed=7, temperature=1.0)
    first = await model.complete(request)
    assert (await model.complete(request)) == first
    assert first.model == "smollm2"
    assert first.dollars == 0.0


async def test_one_seed_gives_one_text_among_others_too(model, ask):
    request = ask(max_output_tokens=12, seed=7, temperature=1.0)
    alone = (await model.complete(request)).text
    texts: list[str] = []

    async def call(one: Request) -> None:
        completion = await model.complete(one)
        if one == request:
            texts.append(completion.text)

    async with anyio.create_task_group() as group:
        for number in range(2):
            group.start_soon(call, request)
            group.start_soon(call, ask("Count!", max_output_tokens=12, seed=number))
    assert texts == [alone, alone]


async def test_different_seeds_give_different_texts(model, ask):
    texts = {
        (await model.complete(ask(max_output_tokens=8, seed=seed, temperature=1.5))).text
        for seed in range(4)
    }
    assert len(texts) > 1


async def test_the_quote_is_the_exact_input_and_a_bound_on_the_output(model):
    request = Request(
        (Message("system", "Be brief."), Message("user", "Grüße \ud800 ✓")),
        max_output_tokens=6,
        seed=1,
    )
    quote = model.quote(request)
    usage = (await model.complete(request)).usage
    assert usage.input_tokens == quote.input_tokens
    assert usage.output_tokens <= quote.output_tokens == 6
    assert quote.dollars == 0.0


async def test_a_spent_output_limit_finishes_with_length(model, ask):
    completion = await model.complete(ask("Tell me a long story.", max_output_tokens=5, seed=1))
    assert completion.finish_reason == "length"
    assert completion.usage.output_tokens == 5


async def test_each_output_token_has_its_log_probability(model, ask):
    completion = await model.complete(ask(max_output_tokens=5, seed=1))
    assert completion.logprobs is not None
    assert len(completion.logprobs) == completion.usage.output_tokens
    assert all(logprob <= 0 and math.isfinite(logprob) for logprob in completion.logprobs)


async def test_a_grammar_holds_the_answer(model, ask):
    grammar = 'root ::= "(pick-up " [a-d] ")\\n"'
    request = ask(max_output_tokens=20, seed=1, temperature=2.0, grammar=grammar)
    completion = await model.complete(request)
    assert completion.text in {f"(pick-up {block})\n" for block in "abcd"}
    assert completion.finish_reason == "stop"


async def test_a_broken_grammar_is_an_error_that_no_retry_mends(model, ask):
    with pytest.raises(GeneratorError, match="grammar") as caught:
        await model.complete(ask(grammar="root ::= ((("))
    assert not caught.value.retryable


async def test_an_effort_that_the_chat_template_does_not_know_is_refused(model, ask):
    """It would change nothing, and nobody would know what was measured."""
    with pytest.raises(UsageError, match="smollm2 takes no reasoning effort; leave"):
        await model.complete(ask(reasoning_effort="low"))
    with pytest.raises(UsageError, match="smollm2 takes no reasoning effort; leave"):
        model.quote(ask(reasoning_effort="low"))


async def test_an_effort_that_the_chat_template_knows_reaches_it(model, ask, monkeypatch):
    """Where the answer is written, and where its prompt is counted."""
    monkeypatch.setattr(model._server, "chat_template", "{{ reasoning_effort }}")
    seen = []
    for name in ("count_tokens", "stream"):
        real = getattr(model._server, name)
        monkeypatch.setattr(
            model._server, name, lambda *given, real=real: seen.append(given[0]) or real(*given)
        )
    request = ask(reasoning_effort="low", max_output_tokens=2)
    model.quote(request)
    await model.complete(request)
    assert [body["chat_template_kwargs"] for body in seen] == [{"reasoning_effort": "low"}] * 2


async def test_a_stop_text_ends_the_answer_and_is_not_in_it(model, ask):
    grammar = 'root ::= "one two three"'
    request = ask(max_output_tokens=20, grammar=grammar, stop=("two",))
    completion = await model.complete(request)
    assert (completion.text, completion.finish_reason) == ("one ", "stop")


async def test_a_prompt_beyond_the_context_is_an_error_and_never_cut(model, ask):
    with pytest.raises(GeneratorError, match=r"1\d\d\d tokens.*512 tokens") as caught:
        await model.complete(ask("hi " * 1000))
    assert (caught.value.retryable, caught.value.billed) == (False, False)


def test_an_answer_that_runs_into_the_end_of_the_context_says_so(model, ask):
    request = ask("hi " * 470, max_output_tokens=10_000, seed=1)
    quote = model.quote(request)
    assert quote.tokens == CONTEXT_TOKENS
    completion = anyio.run(model.complete, request)
    assert completion.usage.output_tokens <= quote.output_tokens
    if completion.usage.output_tokens == quote.output_tokens:
        assert completion.finish_reason == "length"


async def test_cancelling_returns_at_once_and_frees_the_slot(model, ask):
    endless = ask("Count for ever.", max_output_tokens=400, grammar='root ::= ("one ")*')
    with anyio.move_on_after(0.2) as scope:
        await model.complete(endless)
    assert scope.cancelled_caught
    with anyio.fail_after(10):
        await model.complete(ask(max_output_tokens=1))


async def test_the_event_loop_runs_on_while_the_model_works(model, ask):
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await anyio.sleep(0.001)
            longest = max(longest, time.perf_counter() - before)

    async with anyio.create_task_group() as group:
        group.start_soon(tick)
        await model.complete(ask(max_output_tokens=30, seed=1))
        group.cancel_scope.cancel()
    assert longest < 1.0


async def test_llama_cpp_is_quiet(model, ask, capfd):
    await model.complete(ask(max_output_tokens=2))
    assert capfd.readouterr() == ("", "")


def test_a_model_that_is_closed_at_once_ends_and_says_so(ask):
    told = smollm2.availability()
    if not told.usable:
        pytest.skip(told.reason)
    model = smollm2.from_spec("", slots=1, context_tokens=64)
    model.close()
    model.close()
    with pytest.raises(GeneratorError, match="closed"):
        anyio.run(model.complete, ask())
    with pytest.raises(GeneratorError, match="closed"):
        model.quote(ask())


def test_the_identity_binds_the_weights(model):
    assert SHA256 in model.identity


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "begins with b''"), (b"PK\x03\x04zip", "not a GGUF"), (b"GGUF rubbish", "cannot load")],
)
def test_a_file_that_is_no_model_is_refused(tmp_path, content, told):
    if not embedded.availability().usable:
        pytest.skip("xllamacpp is not installed")
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=told):
        embedded.from_spec(str(path))


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "nowhere.gguf"
    with pytest.raises(UsageError, match=r"nowhere\.gguf"):
        embedded.from_spec(str(path))
    assert not embedded.availability(str(path)).usable


@pytest.mark.parametrize("options", [{"slots": 0}, {"context_tokens": 0}])
def test_sizes_are_at_least_one(tmp_path, options):
    with pytest.raises(UsageError, match="at least 1"):
        embedded.from_spec(str(tmp_path / "model.gguf"), **options)


def test_names_that_say_too_much_or_too_little_are_refused():
    with pytest.raises(UsageError, match="takes nothing"):
        smollm2.from_spec("135m")
    with pytest.raises(UsageError, match="needs a file"):
        embedded.from_spec("")
