"""Sampling that stops when the posterior says so."""

from functools import partial
from random import Random

import pytest

from soundly.core.errors import UsageError
from soundly.core.events import CallHeld, Judged
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.core.voting import SamplingStopped, Voted
from soundly.strategies.adaptive_best_of import adaptive_best_of
from soundly.strategies.adaptive_vote import adaptive_vote
from soundly.strategies.posterior import chance_of_success, stays_ahead
from soundly.testing.fake_family import CLAIM, RIGHT, UNREADABLE, WRONG

anyio = pytest.mark.anyio


def events(outcome, kind):
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


def calls(outcome):
    return len(events(outcome, CallHeld))


@pytest.mark.parametrize("first", range(7))
@pytest.mark.parametrize("second", range(4))
def test_the_posterior_of_a_lead_is_what_sampling_from_it_gives(first, second):
    """Against 20,000 draws from the Beta distribution itself, four standard errors wide."""
    if second > first:
        return
    draw = Random(f"{first} {second}").betavariate
    ahead = sum(draw(first + 1, second + 1) > 0.5 for _ in range(20_000)) / 20_000
    assert stays_ahead(first, second) == pytest.approx(ahead, abs=4 * 0.5 / 20_000**0.5)


def test_a_lead_of_thousands_of_votes_is_still_counted_exactly():
    """No power overflows."""
    assert stays_ahead(3000, 3000) == 0.5
    assert 0.5 < stays_ahead(3001, 3000) < 0.52
    assert stays_ahead(3000, 0) == 1.0


@pytest.mark.parametrize("votes", [(1, 2), (1, -1)])
def test_votes_that_cannot_be_have_no_posterior(votes):
    with pytest.raises(ValueError, match="wanted the larger first"):
        stays_ahead(*votes)


def test_the_chance_of_success_falls_with_every_failure_and_faster_with_repeats():
    """A model that repeats itself has less left to say."""
    new = [chance_of_success([1] * count) for count in range(60)]
    same = [chance_of_success([count]) for count in range(1, 60)]
    assert new[0] == 0.5
    assert new == sorted(new, reverse=True)
    assert same == sorted(same, reverse=True)
    assert all(repeated < fresh for repeated, fresh in zip(same[1:], new[2:], strict=False))
    assert chance_of_success([2, 1, 1]) == pytest.approx(3 / 5 * 1 / 5)
    with pytest.raises(ValueError, match="wanted at least once"):
        chance_of_success([2, 0])


@anyio
async def test_samples_that_agree_end_the_vote_early(run):
    """Four of four, at 0.95: a posterior of 31/32."""
    outcome, _ = await run(adaptive_vote, [RIGHT] * 40)
    assert outcome.status is Status.SOLVED
    assert calls(outcome) == 4
    assert events(outcome, Voted)[0].confidence == 31 / 32


@anyio
async def test_samples_that_differ_are_drawn_on_to_the_last(run):
    """Two answers in turn never part."""
    outcome, _ = await run(partial(adaptive_vote, n=12), [RIGHT, WRONG[0]] * 6)
    assert calls(outcome) == 12
    assert events(outcome, Voted)[0].confidence == 0.5


@anyio
async def test_the_second_answer_alone_decides_how_long_is_sampled(run):
    """Six votes to one, with one more for a third answer, are as sure as six to one."""
    outcome, _ = await run(adaptive_vote, [WRONG[0], WRONG[1], *[RIGHT] * 38])
    assert calls(outcome) == 8
    assert stays_ahead(5, 1) < 0.95 <= events(outcome, Voted)[0].confidence == stays_ahead(6, 1)


@anyio
async def test_samples_without_an_answer_make_nobody_surer(run):
    """They have no vote."""
    outcome, _ = await run(adaptive_vote, [UNREADABLE] * 5 + [RIGHT] * 35)
    assert calls(outcome) == 9


@anyio
async def test_samples_drawn_together_are_counted_together(run):
    """Three at a time: six, where four would have done."""
    outcome, _ = await run(partial(adaptive_vote, concurrency=3), [RIGHT] * 40)
    assert calls(outcome) == 6


@anyio
async def test_an_adaptive_vote_that_the_budget_ends_still_counts(run):
    """Two of three for a wrong answer: the budget stopped it."""
    texts = [WRONG[0], RIGHT, WRONG[0]]
    outcome, _ = await run(adaptive_vote, texts, budget=Budget(calls=3))
    assert outcome.status is Status.EXHAUSTED
    assert events(outcome, Voted)[0].ballots[0].count == 2


@anyio
async def test_a_model_that_repeats_itself_is_soon_given_up(run):
    """The same wrong answer again and again, long before all samples are drawn."""
    outcome, _ = await run(adaptive_best_of, [WRONG[0]] * 64)
    assert outcome.status is Status.UNSOLVED
    (stopped,) = events(outcome, SamplingStopped)
    assert (stopped.drawn, stopped.distinct) == (16, 1)
    assert stopped.chance == chance_of_success([16]) < 0.02 <= chance_of_success([15])
    assert len(events(outcome, Judged)) == 16


@anyio
async def test_a_model_that_says_new_things_is_given_longer(run):
    """Six answers in turn, and unreadable ones and claims, each kind counted as one."""
    texts = [*WRONG, UNREADABLE, CLAIM, "", "something else"]
    outcome, _ = await run(partial(adaptive_best_of, threshold=0.01), texts * 7)
    (stopped,) = events(outcome, SamplingStopped)
    assert stopped.distinct == 8
    assert stopped.drawn > len(texts)


@anyio
@pytest.mark.parametrize("concurrency", [1, 4])
async def test_the_first_accepted_answer_ends_the_sampling(run, concurrency):
    """And nothing is said of chances."""
    strategy = partial(adaptive_best_of, concurrency=concurrency)
    outcome, _ = await run(strategy, [WRONG[0], WRONG[1], RIGHT] + [WRONG[0]] * 9)
    assert outcome.status is Status.SOLVED
    assert calls(outcome) == (3 if concurrency == 1 else 4)
    assert not events(outcome, SamplingStopped)


@anyio
async def test_all_samples_may_be_drawn_before_anybody_gives_up(run):
    """Then the number of samples ended it, and no posterior did."""
    outcome, _ = await run(partial(adaptive_best_of, n=3), [WRONG[0]] * 3)
    assert outcome.status is Status.UNSOLVED
    assert not events(outcome, SamplingStopped)


@anyio
async def test_a_budget_that_ends_the_sampling_ends_the_session(run):
    """Of what was drawn before, everything was judged."""
    strategy = partial(adaptive_best_of, concurrency=2)
    outcome, _ = await run(strategy, WRONG, budget=Budget(calls=3))
    assert outcome.status is Status.EXHAUSTED
    assert len(events(outcome, Judged)) == 3


@anyio
@pytest.mark.parametrize(
    ("strategy", "options", "message"),
    [
        (adaptive_vote, {"n": 0}, "n=0, concurrency=1; wanted at least 1 of each"),
        (adaptive_vote, {"confidence": 0.4}, "confidence is 0.4, wanted at least 0.5"),
        (adaptive_vote, {"confidence": 1.0}, "confidence is 1.0, wanted"),
        (adaptive_best_of, {"concurrency": 0}, "wanted at least 1 of each"),
        (adaptive_best_of, {"threshold": 0.0}, "threshold is 0.0, wanted more than 0"),
        (adaptive_best_of, {"threshold": float("nan")}, "threshold is nan, wanted"),
    ],
)
async def test_options_that_cannot_be_used_are_refused(run, strategy, options, message):
    """Before anything is asked."""
    with pytest.raises(UsageError, match=message):
        await run(partial(strategy, **options))
