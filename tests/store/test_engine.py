"""The engine's own traces, in the store."""

from __future__ import annotations

import anyio
import pytest

import soundly
from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, PartError
from soundly.core.replay import replay
from soundly.core.spend import Budget, Usage
from soundly.generators.scripted import Scripted
from soundly.store import Store


@pytest.fixture
def store(address):
    with Store.open(address) as store:
        yield store


@pytest.fixture
def problem(examples):
    folder = examples / "blocksworld"
    return soundly.load(folder / "domain.pddl", folder / "four-blocks.pddl")


def answer(text="I cannot.", dollars=0.25):
    return Completion(text, "scripted", usage=Usage(9, 2), dollars=dollars)


@pytest.mark.anyio
async def test_sessions_at_once_are_stored_as_their_outcomes_tell_them(store, problem):
    outcomes = []

    async def one(rounds):
        model = Scripted([answer() for _ in range(rounds)])
        outcomes.append(
            await soundly.solve(
                problem, model=model, strategy=f"refine:rounds={rounds}", sinks=[store]
            )
        )

    async with anyio.create_task_group() as group:
        for rounds in (1, 2, 3, 1, 2, 3):
            group.start_soon(one, rounds)
    for outcome in outcomes:
        stored = store.session(outcome.session_id)
        assert stored.status == outcome.status.value
        assert stored.spent.calls == outcome.spend.calls
        assert stored.spent.tokens == outcome.spend.tokens
        assert stored.spent.dollars == outcome.spend.dollars
        assert stored.spent == replay(store.trace(outcome.session_id)).account.spent
        assert [record.event for record in store.trace(outcome.session_id)] == [
            record.event for record in outcome.trace
        ]


@pytest.mark.anyio
async def test_a_cancelled_session_is_stored_with_its_calls_at_their_upper_bound(store, problem):
    async def cancelled_while_waiting(_):
        scope.cancel()
        await anyio.sleep_forever()

    model = Scripted([answer()], latency_seconds=1, sleep=cancelled_while_waiting)
    with anyio.CancelScope() as scope:
        await soundly.solve(problem, model=model, strategy="single", sinks=[store])
    (stored,) = store.sessions()
    assert stored.status == "cancelled"
    assert stored.spent.calls == 1
    assert stored.spent.tokens > 11
    assert stored.held.calls == 0


@pytest.mark.anyio
async def test_a_broken_session_is_stored_with_what_it_had_spent(store, problem):
    model = Scripted([answer(), GeneratorError("the server is on fire")])
    with pytest.raises(PartError) as caught:
        await soundly.solve(problem, model=model, strategy="refine:rounds=5", sinks=[store])
    stored = store.session(caught.value.record.session_id)
    assert stored.status == "broken"
    assert stored.spent.calls == caught.value.record.spend.calls == 2


@pytest.mark.anyio
async def test_a_budget_of_nothing_is_stored_as_a_session_that_spent_nothing(store, problem):
    model, budget = Scripted([answer()]), Budget(calls=0)
    outcome = await soundly.solve(
        problem, model=model, strategy="single", budget=budget, sinks=[store]
    )
    stored = store.session(outcome.session_id)
    assert stored.status == "exhausted"
    assert (stored.spent.calls, stored.held.calls, stored.unpriced_calls) == (0, 0, 0)


def test_a_listing_of_one_family_leaves_the_others_out(address, one_call):
    with Store.open(address) as store:
        for record in one_call():
            store.write("s1", record)
        assert [each.session_id for each in store.sessions(family="planning")] == ["s1"]
        assert store.sessions(family="plan") == ()
