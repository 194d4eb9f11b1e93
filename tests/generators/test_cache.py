import sqlite3
import subprocess
import sys
from dataclasses import replace

import anyio
import pytest

from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, StoreError
from soundly.core.spend import Usage
from soundly.generators.cache import Cached
from soundly.generators.scripted import Scripted, ScriptedBy

pytestmark = pytest.mark.anyio

DEAR = Completion(
    "answer", "m", usage=Usage(10, 20, 5, 2), dollars=0.5, price_date="2026-01-01", logprobs=(-0.5,)
)


async def texts(model, request, times):
    return [(await model.complete(request)).text for _ in range(times)]


async def test_a_hit_costs_nothing_and_says_so(tmp_path, ask):
    raw = Scripted([DEAR])
    paid = await Cached(raw, tmp_path / "cache.db").complete(ask())
    free = await Cached(raw, tmp_path / "cache.db").complete(ask())
    assert paid == DEAR
    assert free == replace(DEAR, usage=Usage(), dollars=0.0, price_date=None, cached=True)
    assert len(raw.requests) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Say goodbye."},
        {"max_output_tokens": 7},
        {"temperature": 0.0},
        {"top_p": 0.5},
        {"seed": 1},
        {"stop": ("\n",)},
        {"reasoning_effort": "low"},
        {"grammar": 'root ::= "a"'},
    ],
)
async def test_a_request_that_differs_in_anything_is_a_miss(tmp_path, ask, change):
    model = Cached(Scripted(["one", "two"]), tmp_path / "cache.db")
    await model.complete(ask())
    assert (await model.complete(ask(**change))).text == "two"


async def test_another_model_is_a_miss(tmp_path, ask):
    path = tmp_path / "cache.db"
    await Cached(Scripted(["one"], name="small"), path).complete(ask())
    assert (await Cached(Scripted(["two"], name="large"), path).complete(ask())).text == "two"


async def test_models_of_one_name_are_told_apart_by_their_identity(tmp_path, ask):
    class Weights(Scripted):
        def __init__(self, reply, sha256):
            super().__init__([reply])
            self.identity = sha256

    path = tmp_path / "cache.db"
    await Cached(Weights("one", "aa"), path).complete(ask())
    assert (await Cached(Weights("two", "bb"), path).complete(ask())).text == "two"
    assert (await Cached(Weights("three", "aa"), path).complete(ask())).text == "one"
    assert (await Cached(Scripted([]), path, identity="bb").complete(ask())).text == "two"


async def test_repeated_sampling_gives_new_samples_and_replays_them_in_order(tmp_path, ask):
    path = tmp_path / "cache.db"
    raw = Scripted(["one", "two", "three", "four"])
    assert await texts(Cached(raw, path), ask(), 3) == ["one", "two", "three"]
    assert await texts(Cached(raw, path), ask(), 4) == ["one", "two", "three", "four"]
    assert len(raw.requests) == 4


@pytest.mark.parametrize("settings", [{"seed": 3}, {"temperature": 0.0}, {"temperature": 0}])
async def test_a_request_with_one_answer_always_gets_it(tmp_path, ask, settings):
    raw = Scripted(["one"])
    assert await texts(Cached(raw, tmp_path / "c.db"), ask(**settings), 3) == ["one"] * 3


async def test_a_failed_call_gives_its_sample_back(tmp_path, ask):
    path = tmp_path / "cache.db"
    raw = Scripted([GeneratorError("down"), "one", "two"])
    model = Cached(raw, path)
    with pytest.raises(GeneratorError):
        await model.complete(ask())
    assert await texts(model, ask(), 2) == ["one", "two"]
    assert await texts(Cached(raw, path), ask(), 2) == ["one", "two"]


async def test_a_cancelled_call_gives_its_sample_back(tmp_path, ask):
    path = tmp_path / "cache.db"
    with anyio.CancelScope() as scope:

        async def hang(_: float) -> None:
            scope.cancel()
            await anyio.sleep_forever()

        model = Cached(Scripted(["lost"], sleep=hang), path)
        await model.complete(ask())
    assert scope.cancelled_caught
    assert await texts(Cached(Scripted(["one", "two"]), path), ask(), 2) == ["one", "two"]


async def test_what_was_paid_for_is_stored_though_the_caller_is_cancelled(tmp_path, ask):
    path = tmp_path / "cache.db"
    with anyio.CancelScope() as scope:

        def answer_and_cancel(_):
            scope.cancel()
            return DEAR

        async def no_sleep(_: float) -> None:
            return None

        await Cached(ScriptedBy(answer_and_cancel, sleep=no_sleep), path).complete(ask())
        await anyio.lowlevel.checkpoint()
    assert scope.cancelled_caught
    assert (await Cached(Scripted([]), path).complete(ask())).cached


async def test_calls_at_the_same_time_get_different_samples(tmp_path, ask):
    path = tmp_path / "cache.db"
    replies = [str(number) for number in range(30)]
    model = Cached(Scripted(replies), path)
    taken: list[str] = []

    async def call() -> None:
        taken.append((await model.complete(ask())).text)

    async with anyio.create_task_group() as group:
        for _ in range(30):
            group.start_soon(call)
    assert sorted(taken, key=int) == replies
    assert sorted(await texts(Cached(Scripted([]), path), ask(), 30), key=int) == replies


FILL = """
import sys, anyio
from soundly.core.completion import Message, Request
from soundly.generators.cache import Cached
from soundly.generators.scripted import Scripted

async def fill(path, first):
    for number in range(first, first + 25):
        request = Request((Message("user", str(number)),), seed=0)
        await Cached(Scripted([str(number)]), path).complete(request)

anyio.run(fill, sys.argv[1], int(sys.argv[2]))
"""


def test_several_processes_share_one_file(tmp_path, ask):
    path = tmp_path / "cache.db"
    workers = [
        subprocess.Popen([sys.executable, "-c", FILL, str(path), first]) for first in ("0", "25")
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    model = Cached(Scripted([]), path)

    async def read() -> list[str]:
        return [(await model.complete(ask(str(number), seed=0))).text for number in range(50)]

    assert anyio.run(read) == [str(number) for number in range(50)]


async def test_the_first_of_two_that_miss_together_is_stored_and_each_gets_its_own(tmp_path, ask):
    path = tmp_path / "cache.db"
    other = Cached(Scripted(["first"]), path)

    class Slow(Scripted):
        async def complete(self, request):
            await other.complete(request)
            return await super().complete(request)

    assert (await Cached(Slow(["second"]), path).complete(ask())).text == "second"
    assert (await Cached(Scripted([]), path).complete(ask())).text == "first"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE completions SET completion = replace(completion, 'answer', 'forged')",
        "UPDATE completions SET completion = '{'",
        "UPDATE completions SET sha256 = 'x'",
    ],
)
async def test_a_damaged_entry_is_an_error_that_names_the_file(tmp_path, ask, damage):
    path = tmp_path / "cache.db"
    await Cached(Scripted([DEAR]), path).complete(ask())
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(StoreError, match=r"cache\.db is damaged at key .*, sample 0"):
        await Cached(Scripted(["fresh"]), path).complete(ask())


def test_a_file_that_is_no_cache_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "cache.db"
    path.write_text("not a database" * 100)
    with pytest.raises(StoreError, match=r"cannot open the cache .*cache\.db"):
        Cached(Scripted([]), path)


async def test_a_cache_that_turns_bad_is_an_error(tmp_path, ask):
    path = tmp_path / "cache.db"
    model = Cached(Scripted(["one"]), path)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE completions")
    connection.close()
    with pytest.raises(StoreError, match=r"cannot read the cache .*cache\.db"):
        await model.complete(ask())


async def test_lone_surrogates_and_huge_texts_survive(tmp_path, ask):
    path = tmp_path / "cache.db"
    strange = Completion("\ud800\x00" + "x" * 10_000_000, "m")
    await Cached(Scripted([strange]), path).complete(ask())
    assert (await Cached(Scripted([]), path).complete(ask())).text == strange.text
