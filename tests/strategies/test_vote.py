"""Majority vote: the winner is checked once, and nothing but a sound critic makes it an answer."""

import math
from functools import partial
from random import Random

import anyio
import anyio.lowlevel
import pytest

from soundly.core.completion import Completion
from soundly.core.errors import UsageError
from soundly.core.events import AnswerUnreadable, CallHeld, Judged, UnsolvabilityClaimed
from soundly.core.outcome import Status
from soundly.core.solver import SolverFound
from soundly.core.spend import Budget
from soundly.core.verdict import ACCEPT, Guarantee, unknown
from soundly.core.voting import Ballot, SamplingStopped, Voted
from soundly.generators.scripted import ScriptedBy
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.vote import vote
from soundly.testing import FakeCritic, FakeSolver
from soundly.testing.fake_family import CLAIM, RIGHT, RIGHT_TOO, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
FINDS = partial(consult, solver=FakeSolver(SolverFound(RIGHT)))


def events(outcome, kind):
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


def told(text, *logprobs):
    return Completion(text, "scripted", logprobs=logprobs)


async def in_turn(run, texts, **options):
    """A vote over these samples, drawn one after the other."""
    budget = options.pop("budget", Budget())
    critic = options.pop("critic", None)
    strategy = partial(vote, n=len(texts), concurrency=1, **options)
    outcome, _ = await run(strategy, texts, budget=budget, critic=critic)
    return outcome


async def test_the_answer_that_most_samples_give_is_checked_and_no_other(run):
    """Whatever comes first or last, and whatever else would be right."""
    outcome = await in_turn(run, [WRONG[0], RIGHT, RIGHT_TOO, RIGHT, WRONG[0], RIGHT])
    assert outcome.status is Status.SOLVED
    assert outcome.candidate.canonical == RIGHT
    assert len(events(outcome, Judged)) == 1


async def test_answers_are_equal_by_their_canonical_spelling(run):
    """Two wordings of one answer outvote the one that is worded alike twice less one."""
    outcome = await in_turn(run, [WRONG[0], f"First:\n{RIGHT}", f"{RIGHT}\nThat is it."])
    assert outcome.status is Status.SOLVED
    (voted,) = events(outcome, Voted)
    assert voted.ballots == (Ballot(RIGHT, 2, 2.0), Ballot(WRONG[0], 1, 1.0))


async def test_a_majority_for_a_wrong_answer_is_no_answer(run):
    """The right one lost the vote, and the loser is not tried."""
    outcome = await in_turn(run, [RIGHT, WRONG[0], WRONG[0]])
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate is None
    assert len(events(outcome, Judged)) == 1


async def test_of_equal_votes_the_answer_drawn_first_wins(run):
    """Two votes each."""
    outcome = await in_turn(run, [WRONG[0], RIGHT, RIGHT, WRONG[0]])
    assert outcome.status is Status.UNSOLVED
    assert (await in_turn(run, [RIGHT, WRONG[0], WRONG[0], RIGHT])).status is Status.SOLVED


async def test_a_tie_is_broken_by_the_order_of_requests_and_not_of_answers(run):
    """The first request is answered last, and its answer still counts as drawn first."""
    first, late = Random(7).getrandbits(31), anyio.Event()

    class Overtaken(ScriptedBy):
        async def complete(self, request):
            if request.seed == first:
                await late.wait()
            late.set()
            return await super().complete(request)

    model = Overtaken(lambda request: RIGHT if request.seed == first else WRONG[0])
    with anyio.fail_after(20):
        outcome, _ = await run(partial(vote, n=2, concurrency=2), generator=model, seed=7)
    assert outcome.status is Status.SOLVED


async def test_samples_without_an_answer_have_no_vote_and_are_counted(run):
    """Three unreadable samples do not outvote one answer."""
    outcome = await in_turn(run, [UNREADABLE, "", RIGHT, UNREADABLE])
    assert outcome.status is Status.SOLVED
    (voted,) = events(outcome, Voted)
    assert (voted.unreadable, len(voted.ballots)) == (3, 1)


async def test_where_nobody_votes_nothing_is_checked(run):
    """The count says why."""
    outcome = await in_turn(run, [UNREADABLE, UNREADABLE])
    assert outcome.status is Status.UNSOLVED
    assert not events(outcome, Judged)
    assert not events(outcome, AnswerUnreadable)
    assert events(outcome, Voted) == [Voted((), 2, "count", None, "vote")]


async def test_claims_vote_together_and_a_claim_that_wins_proves_nothing(run):
    """It is visible as a claim, no answer is checked in its place, and a later stage goes on."""
    texts = [CLAIM, RIGHT, CLAIM]
    outcome = await in_turn(run, texts)
    assert outcome.status is Status.UNSOLVED
    assert not events(outcome, Judged)
    assert len(events(outcome, UnsolvabilityClaimed)) == 1
    assert events(outcome, Voted)[0].ballots[0] == Ballot(None, 2, 2.0)
    stages = (partial(vote, n=3, concurrency=1), FINDS)
    outcome, _ = await run(partial(cascade, stages=stages), texts)
    assert outcome.status is Status.SOLVED


async def test_a_claim_that_loses_is_one_vote_like_any_other(run):
    """Two for the answer."""
    assert (await in_turn(run, [CLAIM, RIGHT, RIGHT])).status is Status.SOLVED


async def test_a_vote_weighs_the_geometric_mean_of_its_tokens(run):
    """One sure sample outweighs two that were guessed; length does not matter."""
    texts = [told(WRONG[0], -2.0), told(WRONG[0], -2.0, -2.0), told(RIGHT, -0.5, -0.7)]
    assert (await in_turn(run, texts)).status is Status.UNSOLVED
    outcome = await in_turn(run, texts, weighting="logprob")
    assert outcome.status is Status.SOLVED
    first, second = events(outcome, Voted)[0].ballots
    assert (first.count, second.count) == (1, 2)
    assert first.weight == pytest.approx(math.exp(-0.6))
    assert second.weight == pytest.approx(2 * math.exp(-2))


@pytest.mark.parametrize("logprobs", [None, ()])
async def test_weighing_by_what_a_model_does_not_tell_is_refused(run, logprobs):
    """Equal weights in silence would be a count under another name."""
    texts = [Completion(RIGHT, "mute", logprobs=logprobs)]
    with pytest.raises(UsageError, match="mute tells no log-probabilities; wanted"):
        await in_turn(run, texts, weighting="logprob")


async def test_a_sample_without_a_vote_needs_no_weight(run):
    """An empty answer has no tokens, and no vote to weigh."""
    texts = [Completion("", "scripted"), told(RIGHT, -1.0)]
    assert (await in_turn(run, texts, weighting="logprob")).status is Status.SOLVED


@pytest.mark.parametrize("verdict", [ACCEPT, unknown()])
async def test_what_no_sound_critic_accepts_is_a_candidate(run, verdict):
    """The majority's answer, unsolved."""
    critic = FakeCritic(verdict, Guarantee.NONE)
    outcome = await in_turn(run, [RIGHT, RIGHT], critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == RIGHT


async def test_samples_that_were_paid_for_vote_when_the_budget_ends(run):
    """Three of eight are drawn; with a right majority they are enough, with a wrong one spent."""
    texts = [WRONG[0], RIGHT, RIGHT]
    for order, status in ((texts, Status.SOLVED), (texts[:2], Status.EXHAUSTED)):
        budget = Budget(calls=len(order))
        outcome, _ = await run(partial(vote, n=8, concurrency=1), order, budget=budget)
        assert outcome.status is status
        assert len(events(outcome, Voted)) == 1


async def test_all_samples_are_drawn_with_seeds_of_their_own(run):
    """A vote ends with the last sample, however clear it is before."""
    outcome, model = await run(partial(vote, n=6, concurrency=4), [RIGHT] * 9)
    assert len(events(outcome, CallHeld)) == 6
    assert len({request.seed for request in model.requests}) == 6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 0}, "n=0, concurrency=8; wanted at least 1 of each"),
        ({"concurrency": 0}, "wanted at least 1 of each"),
        ({"weighting": "loud"}, "weighting is 'loud', wanted count or logprob"),
    ],
)
async def test_options_that_cannot_be_used_are_refused_before_anything_is_asked(
    run, options, message
):
    with pytest.raises(UsageError, match=message):
        await run(partial(vote, **options))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Ballot("a", 0, 1.0),
        lambda: Ballot("a", 1, -1.0),
        lambda: Ballot("a", 1, math.nan),
        lambda: Voted((), -1, "count"),
        lambda: Voted((Ballot("a", 1, 1.0), Ballot("b", 2, 2.0)), 0, "count"),
        lambda: Voted((), 0, "count", 1.5),
        lambda: SamplingStopped(2, 3, 0.1, 0.2),
        lambda: SamplingStopped(3, 2, -0.1, 0.2),
        lambda: SamplingStopped(3, 2, 0.1, 2.0),
    ],
)
async def test_a_count_that_cannot_be_is_no_event(broken):
    """Values check themselves."""
    with pytest.raises(ValueError, match=r"wanted|distinct"):
        broken()
