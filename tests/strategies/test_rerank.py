"""Best-of-n by a soft score: all are drawn, the most promising is checked first."""

from functools import partial

import pytest

from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, StrategyError, UsageError
from soundly.core.events import CallHeld, Judged
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Critique, Guarantee, reject, unknown
from soundly.engine.describe import describe
from soundly.strategies.rerank import AnswerScore, mean_log_probability, rerank
from soundly.testing import FakeCritic, FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
DRAWN = [WRONG[0], WRONG[1], RIGHT, UNREADABLE]


def knows(problem, completion):
    """Knows the right answer when it sees it."""
    return float(completion.text == RIGHT)


def judged(outcome):
    return [r.event for r in outcome.trace if isinstance(r.event, Judged)]


def calls(outcome):
    return [r.event for r in outcome.trace if isinstance(r.event, CallHeld)]


async def test_a_good_score_saves_the_critic_its_work(run):
    """All four are drawn, and the critic is asked once."""
    outcome, _ = await run(partial(rerank, n=4, score=knows), DRAWN)
    assert outcome.status is Status.SOLVED
    assert (len(calls(outcome)), len(judged(outcome))) == (4, 1)


async def test_a_bad_score_costs_checks_and_no_answer(run):
    """With every answer checked, the order changes only what the checks cost."""
    strategy = partial(rerank, n=4, score=lambda p, c: -knows(p, c))
    outcome, _ = await run(strategy, DRAWN)
    assert outcome.status is Status.SOLVED
    assert len(judged(outcome)) == 3


async def test_answers_of_one_score_are_checked_as_they_were_drawn(run):
    """The model gives no log-probabilities, so all scores are one."""
    outcome, _ = await run(partial(rerank, n=4, concurrency=1), DRAWN)
    assert len(judged(outcome)) == 3


async def test_a_text_is_checked_once(run):
    """The critic would say the same again."""
    outcome, _ = await run(partial(rerank, n=5), [WRONG[0], WRONG[0], WRONG[1], WRONG[0], ""])
    assert outcome.status is Status.UNSOLVED
    assert len(judged(outcome)) == 2


async def test_the_surest_answer_comes_first(run):
    """By the mean log-probability of its tokens, whatever its length."""
    sure = Completion(RIGHT, "scripted", logprobs=(-0.1,) * 8)
    unsure = Completion(WRONG[0], "scripted", logprobs=(-0.3,) * 2)
    outcome, _ = await run(partial(rerank, n=3), [unsure, sure, WRONG[1]])
    assert outcome.status is Status.SOLVED
    assert len(judged(outcome)) == 1


def test_a_score_is_a_mean_in_nats():
    """Minus infinity where the model tells nothing."""
    told = Completion("a", "m", logprobs=(-1.0, -2.0))
    assert mean_log_probability(PROBLEM, told) == -1.5
    assert mean_log_probability(PROBLEM, Completion("a", "m")) == float("-inf")


async def test_no_more_than_the_best_are_checked(run):
    """With one check the score alone chooses, and a wrong choice is no answer."""
    strategy = partial(rerank, n=4, checks=1, concurrency=1, score=lambda p, c: -knows(p, c))
    outcome, _ = await run(strategy, DRAWN)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate is None
    assert len(judged(outcome)) == 1


async def test_what_an_unsound_critic_accepts_is_a_candidate_and_no_answer(run):
    """The best one is returned, unsolved."""
    critic = FakeCritic(ACCEPT, Guarantee.NONE)
    outcome, _ = await run(partial(rerank, n=4, score=knows), DRAWN, critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == RIGHT


async def test_the_best_undecided_answer_is_returned(run):
    """Where the critic cannot tell, the score's word is what is left; rejected ones are not."""

    def shrugs(problem, candidate):
        if candidate.canonical == RIGHT:
            return reject(Critique("no", "it is wrong"))
        return unknown()

    critic = FakeCritic(shrugs, Guarantee.NONE)
    strategy = partial(rerank, n=4, concurrency=1, score=knows)
    outcome, _ = await run(strategy, DRAWN, critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == WRONG[0]


async def test_what_was_paid_for_is_ranked_when_the_budget_ends(run):
    """Three of eight are drawn, and the third is right."""
    outcome, _ = await run(partial(rerank, n=8, score=knows), DRAWN, budget=Budget(calls=3))
    assert outcome.status is Status.SOLVED


async def test_a_budget_that_ends_the_draws_ends_the_session(run):
    """When none of those that were paid for is right."""
    outcome, _ = await run(partial(rerank, n=8), DRAWN, budget=Budget(calls=2))
    assert outcome.status is Status.EXHAUSTED


async def test_a_score_of_an_answer_is_that_of_what_is_read_in_it(run):
    """The critic's score of the candidate; nothing where nothing is read."""
    score = AnswerScore(FakeFamily(), lambda p, c: 0.25 + 0.5 * (c.canonical == RIGHT))
    texts = (f"Sure:\n{RIGHT}\nDone.", WRONG[0], UNREADABLE)
    assert [score(PROBLEM, Completion(text, "m")) for text in texts] == [0.75, 0.25, 0.0]
    outcome, _ = await run(partial(rerank, n=4, score=score), DRAWN)
    assert len(judged(outcome)) == 1
    assert describe(partial(rerank, n=4, score=score)) == "rerank:n=4,score=learned"


async def test_a_score_that_is_no_number_breaks_the_strategy(run):
    """It would order nothing."""
    with pytest.raises(StrategyError, match="not a number"):
        await run(partial(rerank, n=4, score=lambda p, c: float("nan")), DRAWN)


async def test_a_model_that_breaks_breaks_the_draw(run):
    """A failed sample is no wrong answer."""
    with pytest.raises(GeneratorError, match="gone"):
        await run(partial(rerank, n=2), [WRONG[0], GeneratorError("gone")])


@pytest.mark.parametrize("options", [{"n": 0}, {"concurrency": 0}, {"checks": 0}])
async def test_options_that_cannot_be_used_are_the_callers(run, options):
    """Not a failure of the strategy, and nothing is asked."""
    with pytest.raises(UsageError, match="wanted at least 1 of each"):
        await run(partial(rerank, **options))
