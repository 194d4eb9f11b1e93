import json

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import GeneratorError, StoreError, UsageError
from soundly.core.spend import Usage
from soundly.generators import recorded
from soundly.generators.recorded import Recorded
from soundly.generators.recording import Recording
from soundly.generators.request_digest import request_sha256
from soundly.generators.scripted import Scripted

pytestmark = pytest.mark.anyio


async def record(path, requests, replies):
    model = Recording(Scripted(replies), path)
    return [await model.complete(request) for request in requests]


completions = st.builds(
    Completion,
    text=st.text(max_size=50),
    model=st.text(max_size=10),
    finish_reason=st.sampled_from(["stop", "length", "filter", "other"]),
    usage=st.builds(
        lambda total, out, part: Usage(total, out, min(out, part), min(total, part)),
        *[st.integers(0, 10**6)] * 3,
    ),
    dollars=st.none() | st.floats(0, 100),
    price_date=st.none() | st.just("2026-01-01"),
    logprobs=st.none() | st.lists(st.floats(-50, 0), max_size=5).map(tuple),
    reasoning=st.none() | st.text(max_size=20),
)


@given(replies=st.lists(completions, max_size=5))
def test_a_replay_gives_back_what_was_recorded_in_order(tmp_path_factory, replies):
    path = tmp_path_factory.mktemp("replay") / "run.jsonl"
    request = Request((Message("user", "again"),))

    async def run():
        await record(path, [request] * len(replies), replies)
        model = Recorded(path)
        assert [await model.complete(request) for _ in replies] == replies

    if replies:
        anyio.run(run)


async def test_a_request_that_differs_in_anything_is_another_one(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask(temperature=0.5)], ["one"])
    with pytest.raises(GeneratorError, match=request_sha256(ask(temperature=0.6))):
        await Recorded(path).complete(ask(temperature=0.6))


async def test_a_strict_replay_does_not_repeat_itself(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()], ["one"])
    model = Recorded(path)
    await model.complete(ask())
    with pytest.raises(GeneratorError, match=r"1 completions .* call 2"):
        await model.complete(ask())


async def test_sampling_draws_among_all_completions_of_a_conversation(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    texts = [str(number) for number in range(5)]
    await record(path, [ask(temperature=number / 10) for number in range(5)], texts)
    model = Recorded(path, mode="sample")
    drawn = {(await model.complete(ask(temperature=1.0))).text for _ in range(100)}
    assert drawn == set(texts)


async def test_a_sampled_replay_is_the_same_for_the_same_seed(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()] * 5, [str(number) for number in range(5)])

    async def draws(seed):
        model = Recorded(path, mode="sample", seed=seed)
        return [(await model.complete(ask())).text for _ in range(20)]

    assert await draws(1) == await draws(1)
    assert await draws(1) != await draws(2)


async def test_a_seeded_request_gets_the_same_draw_each_time(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()] * 5, [str(number) for number in range(5)])
    model = Recorded(path, mode="sample")
    assert len({(await model.complete(ask(seed=3))).text for _ in range(20)}) == 1


async def test_no_replay_costs_more_than_its_quote(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    replies = [
        Completion("a", "m", usage=Usage(10, 200), dollars=0.25),
        Completion("b", "m", usage=Usage(30, 100), dollars=0.5),
    ]
    await record(path, [ask()] * 2, replies)
    quote = Recorded(path).quote(ask())
    assert (quote.input_tokens, quote.output_tokens, quote.dollars) == (30, 200, 0.5)


async def test_a_replay_of_unknown_price_is_quoted_as_unknown(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()], [Completion("a", "m", dollars=None)])
    assert Recorded(path).quote(ask()).dollars is None


async def test_a_recording_killed_in_a_line_keeps_all_lines_before_it(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()] * 2, ["one", "two"])
    content = path.read_bytes()
    first = content.index(b"\n") + 1
    for end in range(first, len(content) - 1, 37):
        path.write_bytes(content[:end])
        model = Recorded(path)
        assert (await model.complete(ask())).text == "one"
        with pytest.raises(GeneratorError):
            await model.complete(ask())


async def test_recording_goes_on_after_a_torn_line(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()], ["one"])
    with path.open("ab") as file:
        file.write(b'{"request_sha')
    await record(path, [ask()], ["two"])
    model = Recorded(path)
    assert [(await model.complete(ask())).text for _ in range(2)] == ["one", "two"]


async def test_calls_at_the_same_time_write_whole_lines(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    model = Recording(Scripted(["x" * 10_000] * 50), path)
    async with anyio.create_task_group() as group:
        for _ in range(50):
            group.start_soon(model.complete, ask())
    assert len([json.loads(line) for line in path.read_text().splitlines()]) == 50


async def test_a_failed_call_is_not_recorded(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    with pytest.raises(GeneratorError):
        await record(path, [ask()], [GeneratorError("down")])
    assert not path.exists() or path.read_bytes() == b""


async def test_any_edit_of_a_line_is_refused_with_its_number(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()] * 2, ["one", "two"])
    good, line = path.read_text().splitlines()
    entry = json.loads(line)
    edits = [
        {**entry, "extra": 1},
        {key: value for key, value in entry.items() if key != "completion"},
        {**entry, "request_sha256": "0" * 64},
        {**entry, "request": {**entry["request"], "seed": 7}},
        {**entry, "completion": {**entry["completion"], "finish_reason": "tired"}},
        {**entry, "completion": {**entry["completion"], "usage": {}}},
        [entry],
    ]
    for edit in edits:
        path.write_text(f"{good}\n{json.dumps(edit)}\n")
        with pytest.raises(UsageError, match=r"run\.jsonl, line 2: "):
            Recorded(path)


def test_a_line_that_is_not_json_in_the_middle_is_refused(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(UsageError, match="line 1: not JSON"):
        Recorded(path)


def test_a_folder_in_the_place_of_the_file_is_a_store_error(tmp_path):
    with pytest.raises(StoreError, match="cannot record"):
        Recording(Scripted([]), tmp_path)


async def test_a_recording_is_named_by_its_file(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask()], ["one"])
    model = recorded.from_spec(str(path), mode="sample", seed=3)
    assert model.name == f"recorded:{path}"
    assert (await model.complete(ask())).model == "scripted"
    with pytest.raises(UsageError, match="needs a file"):
        recorded.from_spec("")
    assert recorded.availability(str(path)).usable
    assert not recorded.availability(str(tmp_path / "nowhere")).usable


async def test_a_rewound_recording_has_replayed_nothing(tmp_path, ask):
    path = tmp_path / "run.jsonl"
    await record(path, [ask(), ask()], ["one", "two"])
    model = Recorded(path)
    await model.complete(ask())
    assert (await model.rewound().complete(ask())).text == "one"
    assert (await model.complete(ask())).text == "two"
