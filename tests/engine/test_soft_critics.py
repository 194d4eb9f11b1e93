"""What a strategy writes into the trace itself, and what it asks soft critics."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import BudgetExhausted, CriticError, StrategyError
from soundly.core.events import CallHeld, LoopStopped, PartStarted, SoftlyJudged
from soundly.core.family import PromptStyle
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Decision, Guarantee
from soundly.critics.model_judge import ModelJudge
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.sampling import Sampling
from soundly.testing import FakeCritic, FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT

pytestmark = pytest.mark.anyio
CANDIDATE = Candidate(("(pick-up a)",), "(pick-up a)", "somewhere")


def session(strategy, *replies, **options):
    return solve(PROBLEM, family=FakeFamily(), strategy=strategy, generator=Scripted(replies),
                 **options)  # fmt: skip


async def test_a_note_stands_in_the_trace_under_the_part_that_made_it():
    """Whatever part the event names."""

    async def notes(session):
        session.part("inner").note(LoopStopped("outer", "repeated", 2))

    outcome = await session(notes)
    *_, started, noted, _ = [record.event for record in outcome.trace]
    assert started == PartStarted("inner")
    assert noted == LoopStopped("inner", "repeated", 2)


async def test_what_the_engine_writes_no_strategy_can_note():
    """A verdict above all."""

    async def forges(session):
        session.note(SoftlyJudged("", "critic", "x", Decision.ACCEPT, ()))

    with pytest.raises(StrategyError, match="noted a SoftlyJudged, wanted an event of a strategy"):
        await session(forges)


async def test_advice_is_booked_under_its_critic_and_solves_nothing():
    """The call is the critic's, the verdict is in the trace, and the session is not SOLVED."""

    async def asks(session):
        verdict = await session.advise(ModelJudge(FakeFamily()), CANDIDATE)
        assert verdict is ACCEPT

    outcome = await session(asks, "VERDICT: RIGHT")
    assert outcome.status is Status.UNSOLVED
    held = [record.event for record in outcome.trace if isinstance(record.event, CallHeld)]
    assert [event.part for event in held] == ["critic:model-judge"]
    said = [record.event for record in outcome.trace if isinstance(record.event, SoftlyJudged)]
    assert said == [SoftlyJudged("asks", "model-judge", "(pick-up a)", Decision.ACCEPT, ())]


async def test_advice_of_a_critic_that_calls_itself_sound_solves_nothing_either():
    """Only the session's own critic does."""

    async def asks(session):
        request = Sampling().request(session.render(PromptStyle()), session.rng)
        attempt = await session.check(await session.generate(request))
        await session.advise(FakeCritic(ACCEPT), attempt.candidate)
        return attempt

    outcome = await session(asks, RIGHT, critic=FakeCritic(ACCEPT, Guarantee.NONE))
    assert outcome.status is Status.UNSOLVED


async def test_advice_is_refused_by_a_spent_budget_and_broken_by_a_broken_critic():
    """A stop signal stays one, and a failure names its critic."""

    async def asks(session):
        with pytest.raises(BudgetExhausted):
            await session.advise(ModelJudge(FakeFamily()), CANDIDATE)
        await session.advise(FakeCritic("nonsense"), CANDIDATE)

    with pytest.raises(CriticError, match="critic fake-critic broke: TypeError"):
        await session(asks, budget=Budget(calls=0))
