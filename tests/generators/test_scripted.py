import json

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import BudgetExhausted, GeneratorError, UsageError
from soundly.core.spend import Usage
from soundly.generators import scripted
from soundly.generators.scripted import Scripted, ScriptedBy

pytestmark = pytest.mark.anyio


async def test_replies_come_in_the_order_of_the_script(ask):
    model = Scripted(["one", "two"])
    assert [(await model.complete(ask())).text for _ in range(2)] == ["one", "two"]


async def test_an_exception_in_the_script_is_raised_as_it_is(ask):
    signal = BudgetExhausted("calls", maximum=1, wanted=2)
    with pytest.raises(BudgetExhausted) as caught:
        await Scripted([signal]).complete(ask())
    assert caught.value is signal


async def test_a_script_that_has_run_out_says_how_long_it_was(ask):
    model = Scripted(["one"])
    await model.complete(ask())
    with pytest.raises(GeneratorError, match="1 replies, this was call 2") as caught:
        await model.complete(ask())
    assert not caught.value.retryable


async def test_a_cycling_script_starts_again(ask):
    model = Scripted(["one", "two"], cycle=True)
    assert [(await model.complete(ask())).text for _ in range(3)] == ["one", "two", "one"]


async def test_an_empty_script_cannot_cycle(ask):
    with pytest.raises(GeneratorError, match="0 replies"):
        await Scripted([], cycle=True).complete(ask())


async def test_the_requests_are_kept_in_order(ask):
    model = Scripted(["one", "two"])
    await model.complete(ask("first"))
    await model.complete(ask("second"))
    assert [request.messages[0].content for request in model.requests] == ["first", "second"]


async def test_calls_at_the_same_time_take_one_reply_each(ask):
    model = Scripted([str(number) for number in range(20)])
    taken: list[str] = []

    async def call() -> None:
        taken.append((await model.complete(ask())).text)

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(call)
    assert sorted(taken, key=int) == [str(number) for number in range(20)]


async def test_latency_passes_before_the_reply(ask):
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    await Scripted(["one"], latency_seconds=1.5, sleep=sleep).complete(ask())
    assert slept == [1.5]


async def test_a_function_sees_the_request(ask):
    model = ScriptedBy(lambda request: request.messages[-1].content.upper(), name="shouting")
    completion = await model.complete(ask("hello"))
    assert (completion.text, completion.model) == ("HELLO", "shouting")


async def test_a_stated_usage_is_booked_for_every_text(ask):
    usage = Usage(100, 50, reasoning_tokens=20)
    assert (await Scripted(["one"], usage=usage).complete(ask())).usage == usage


@given(
    said=st.text(max_size=300),
    reply=st.text(max_size=300),
    limit=st.integers(min_value=1, max_value=50),
)
def test_a_text_never_costs_more_than_its_quote(said, reply, limit):
    request = Request((Message("user", said),), max_output_tokens=limit)
    model = Scripted([reply])
    quote = model.quote(request)
    usage = anyio.run(model.complete, request).usage
    assert usage.input_tokens <= quote.input_tokens
    assert usage.output_tokens <= quote.output_tokens


async def test_a_file_holds_texts_completions_and_failures(tmp_path, ask):
    path = tmp_path / "replies.jsonl"
    lines = [
        "plain",
        {"text": "whole", "finish_reason": "length", "usage": {"output_tokens": 7}},
        {"error": "overloaded", "retryable": True},
    ]
    path.write_text("\n\n".join(json.dumps(line) for line in lines))
    model = scripted.from_spec(str(path))
    assert model.name == f"scripted:{path}"
    assert (await model.complete(ask())).text == "plain"
    assert await model.complete(ask()) == Completion(
        text="whole",
        model=f"scripted:{path}",
        finish_reason="length",
        usage=Usage(output_tokens=7),
    )
    with pytest.raises(GeneratorError, match="overloaded") as caught:
        await model.complete(ask())
    assert caught.value.retryable


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        ("[" * 100_000, "line 2: not JSON"),
        ("7", "line 2: got int"),
        ("{}", "line 2: field 'text' is missing"),
        ('{"text": 7}', "line 2: .*wanted str"),
        ('{"text": "a", "finish": "stop"}', "line 2: unknown field 'finish'"),
        ('{"text": "a", "finish_reason": "tired"}', "line 2: finish_reason: got 'tired'"),
        ('{"text": "a", "usage": 3}', "line 2: usage: got int"),
        ('{"text": "a", "usage": {"output_tokens": -3}}', "line 2: Usage: a count is -3"),
        ('{"error": "x", "billed": false}', "line 2: unknown field 'billed'"),
    ],
)
def test_a_malformed_line_is_named(tmp_path, line, told):
    path = tmp_path / "replies.jsonl"
    path.write_text(f'"fine"\n{line}\n')
    with pytest.raises(UsageError, match=told):
        scripted.from_spec(str(path))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read .*nowhere\.jsonl: No such file"):
        scripted.from_spec(str(tmp_path / "nowhere.jsonl"))


def test_a_script_needs_a_file():
    with pytest.raises(UsageError, match="needs a file"):
        scripted.from_spec("")


async def test_a_rewound_script_begins_anew_and_leaves_the_other_where_it_was(ask):
    model = Scripted(["one", "two"], name="s")
    await model.complete(ask())
    fresh = model.rewound()
    assert (fresh.name, (await fresh.complete(ask())).text) == ("s", "one")
    assert (await model.complete(ask())).text == "two"
