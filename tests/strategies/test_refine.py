"""LLM-Modulo: the model sees what was wrong, and tries again."""

from functools import partial

import pytest

from soundly.core.errors import UsageError
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.core.verdict import Guarantee, unknown
from soundly.strategies.refine import refine
from soundly.testing import FakeCritic
from soundly.testing.fake_family import CLAIM, RIGHT, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
TEXTS = [WRONG[0], UNREADABLE, WRONG[1], RIGHT]


def shape(request) -> list[str]:
    return [message.role for message in request.messages]


async def test_the_model_sees_its_answer_and_why_it_was_refused(run):
    """The next request holds the problem, the last answer and its critiques."""
    outcome, model = await run(refine, [WRONG[0], RIGHT])
    assert outcome.status is Status.SOLVED
    _, second = model.requests
    _, answer, critiques = second.messages
    assert answer.content == WRONG[0]
    assert "the goal is not reached" in critiques.content


@pytest.mark.parametrize(
    ("history", "lengths"), [("none", [1, 1, 1, 1]), ("last", [1, 3, 3, 3]), ("all", [1, 3, 5, 7])]
)
async def test_history_is_how_many_rounds_the_model_sees(run, history, lengths):
    """None, the last one, or all of them; roles always alternate and end with the user."""
    _, model = await run(partial(refine, history=history), TEXTS)
    assert [len(request.messages) for request in model.requests] == lengths
    for request in model.requests:
        assert shape(request) == (["user", "assistant"] * 4)[: len(request.messages)]


@pytest.mark.parametrize("rounds", [1, 2, 3])
async def test_no_more_rounds_than_asked_for(run, rounds):
    """Each round is one call, and after the last the strategy stops."""
    outcome, model = await run(partial(refine, rounds=rounds), TEXTS)
    assert outcome.status is Status.UNSOLVED
    assert len(model.requests) == rounds


async def test_every_request_has_a_seed_of_its_own(run):
    """A model that honours seeds does not give the same wrong answer for ever."""
    _, model = await run(refine, TEXTS)
    assert len({request.seed for request in model.requests}) == len(TEXTS)


async def test_a_claim_is_answered_with_a_wish_for_a_solution(run):
    """A claim is no proof, and the model is told so."""
    _, model = await run(refine, [CLAIM, RIGHT])
    assert "a claim is not a proof" in model.requests[1].messages[-1].content


@pytest.mark.parametrize("text", ["", "x" * 9000])
async def test_an_answer_of_any_length_can_be_shown_back(run, text):
    """An empty turn is not allowed everywhere, and a huge one would eat the context."""
    _, model = await run(partial(refine, rounds=2), [text, RIGHT])
    shown = model.requests[1].messages[1].content
    assert 0 < len(shown) < 4200
    assert ("left out" in shown) == bool(text)


async def test_a_critic_that_cannot_tell_is_worth_another_round(run):
    """UNKNOWN is not accepted, and without a critique the prompt says so."""
    outcome, model = await run(
        partial(refine, rounds=2), [RIGHT, RIGHT], critic=FakeCritic(unknown())
    )
    assert outcome.status is Status.UNSOLVED
    assert "gave no reason" in model.requests[1].messages[-1].content


async def test_the_budget_stops_it_between_rounds(run):
    """What the budget does not afford is not asked."""
    outcome, model = await run(refine, TEXTS, budget=Budget(calls=2))
    assert outcome.status is Status.EXHAUSTED
    assert len(model.requests) == 2


async def test_a_verdict_of_advice_ends_the_rounds_and_solves_nothing(run):
    """Accepted is accepted; whether that is sound, the engine decides."""
    critic = FakeCritic(guarantee=Guarantee.NONE)
    outcome, model = await run(refine, [RIGHT, RIGHT], critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert len(model.requests) == 1


@pytest.mark.parametrize("options", [{"rounds": 0}, {"history": "some"}])
async def test_options_that_cannot_be_used_are_the_callers(run, options):
    """Not a failure of the strategy, and nothing is asked."""
    with pytest.raises(UsageError, match=f"refine: {next(iter(options))} is"):
        await run(partial(refine, **options), TEXTS)
