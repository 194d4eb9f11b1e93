"""A race of samples: the first accepted wins, and the losers are cancelled and paid for."""

from functools import partial

import anyio
import anyio.lowlevel
import pytest

from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.events import CallFailed, CallHeld
from soundly.core.outcome import Status
from soundly.core.solver import SolverFound
from soundly.core.spend import Budget, Quote
from soundly.core.verdict import ACCEPT
from soundly.strategies.best_of import best_of
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.testing import FakeCritic, FakeSolver
from soundly.testing.fake_family import RIGHT, WRONG

pytestmark = pytest.mark.anyio


class OneAnswers:
    """The first call waits for ever, the second gives the answer: whoever waits in line loses."""

    name = "one-answers"

    def __init__(self):
        self.calls = 0

    def quote(self, request):
        return Quote(10, request.max_output_tokens)

    async def complete(self, request):
        self.calls += 1
        if self.calls != 2:
            await anyio.sleep_forever()
        await anyio.lowlevel.checkpoint()
        return Completion(RIGHT, self.name)


async def test_losers_are_cancelled_and_paid_for(run):
    """The race ends with the winner, and the bill has every sample at its upper bound."""
    with anyio.fail_after(20):
        outcome, _ = await run(partial(best_of, n=4, concurrency=4), generator=OneAnswers())
    assert outcome.status is Status.SOLVED
    failed = [r.event for r in outcome.trace if isinstance(r.event, CallFailed)]
    assert [event.error for event in failed] == ["cancelled"] * 3
    assert outcome.spend.calls == 4
    assert outcome.spend.output_tokens == 3 * 1024


@pytest.mark.parametrize("n", [1, 3, 8])
async def test_no_more_than_n_samples_are_drawn(run, n):
    """Each with a seed of its own."""
    outcome, model = await run(partial(best_of, n=n, concurrency=3), [WRONG[0]] * 20)
    assert outcome.status is Status.UNSOLVED
    assert len({request.seed for request in model.requests}) == len(model.requests) == n


async def test_no_more_than_concurrency_are_in_flight(run):
    """A slow model is not asked for everything at once."""
    strategy = partial(best_of, n=8, concurrency=2)
    with anyio.fail_after(20):
        outcome, model = await run(strategy, generator=OneAnswers())
    assert outcome.status is Status.SOLVED
    assert model.calls == 2


async def test_samples_in_flight_are_awaited_when_the_budget_affords_no_more(run):
    """Two are paid for, so two are looked at, and the second one is right."""
    strategy = partial(best_of, n=8, concurrency=4)
    outcome, _ = await run(strategy, [WRONG[0], RIGHT], budget=Budget(calls=2))
    assert outcome.status is Status.SOLVED


async def test_a_budget_that_stops_the_race_ends_it_exhausted(run):
    """When none of those that were paid for is right."""
    outcome, _ = await run(best_of, [WRONG[0]] * 8, budget=Budget(calls=2))
    assert outcome.status is Status.EXHAUSTED


async def test_a_model_that_breaks_breaks_the_race(run):
    """A failed sample is no wrong answer; the others are cancelled and booked."""
    with pytest.raises(GeneratorError, match="gone") as caught:
        await run(partial(best_of, n=2), [WRONG[0], GeneratorError("gone")])
    record = caught.value.record
    assert sum(isinstance(r.event, CallHeld) for r in record.trace) == record.spend.calls


async def test_a_judge_that_the_budget_stops_leaves_the_cascade_its_later_stages(run):
    """The stop signal comes out of the race as itself, not in a group of exceptions."""

    class Judge(FakeCritic):
        async def judge(self, problem, candidate, ask):
            if candidate.completion is not None:
                await ask(Request((Message("user", "Is it right?"),)))
            return ACCEPT

    finds = partial(consult, solver=FakeSolver(SolverFound(RIGHT)))
    stages = (partial(best_of, n=2, concurrency=2), finds)
    outcome, _ = await run(
        partial(cascade, stages=stages), [RIGHT] * 4, critic=Judge(), budget=Budget(calls=2)
    )
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "fake-solver"


@pytest.mark.parametrize("options", [{"n": 0}, {"concurrency": 0}])
async def test_options_that_cannot_be_used_are_the_callers(run, options):
    """Not a failure of the strategy, and nothing is asked."""
    with pytest.raises(UsageError, match="wanted at least 1 of each"):
        await run(partial(best_of, **options))
