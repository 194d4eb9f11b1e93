"""A learned verifier as critic: it keeps every law of a critic, and solves nothing."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError, UsageError
from soundly.core.outcome import Status
from soundly.core.verdict import Decision, Guarantee
from soundly.critics.all_of import all_of
from soundly.critics.learned import LearnedCritic
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.single import single
from soundly.testing import CRITIC_LAWS, CriticCase, FakeCritic, FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT, RIGHT_TOO, WRONG

pytestmark = pytest.mark.anyio
FOOLED_BY = WRONG[4]


def planned(text):
    return Candidate(tuple(text.splitlines()), text, "tests")


def score(problem, candidate):
    """Right about all but one near miss, as learned verifiers are."""
    if not isinstance(candidate.solution, tuple) or not all(
        isinstance(step, str) for step in candidate.solution
    ):
        raise CriticError("no plan")
    return 0.9 if candidate.canonical in (RIGHT, RIGHT_TOO, FOOLED_BY) else 0.2


async def decided(critic, text=RIGHT):
    return (await critic.judge(PROBLEM, planned(text), None)).decision


@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
async def test_a_learned_critic_keeps(law):
    """All laws, with a near miss that it takes for right: its guarantee promises nothing."""
    right, wrong = map(planned, (RIGHT, RIGHT_TOO)), map(planned, WRONG)
    await law(CriticCase(LearnedCritic(score), PROBLEM, tuple(right), tuple(wrong)))


@pytest.mark.parametrize("text", [RIGHT, FOOLED_BY])
async def test_a_learned_critic_solves_nothing(text):
    """It accepts right and wrong, and the session ends unsolved with the candidate."""
    outcome = await solve(
        PROBLEM,
        family=FakeFamily(),
        strategy=single,
        generator=Scripted([text]),
        critic=LearnedCritic(score),
    )
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == text


def test_a_learned_critic_cannot_be_given_a_guarantee():
    """However few false accepts were measured."""
    assert LearnedCritic(score).guarantee is Guarantee.NONE
    with pytest.raises(TypeError):
        LearnedCritic(score, guarantee=Guarantee.SOUND)


@pytest.mark.parametrize(
    ("chance", "decision"),
    [(0.0, "reject"), (0.29, "reject"), (0.3, "unknown"), (0.69, "unknown"), (0.7, "accept")],
)
async def test_between_its_thresholds_it_cannot_tell(chance, decision):
    """Below the lower one it rejects, from the upper one on it accepts."""
    critic = LearnedCritic(lambda p, c: chance, accept_from=0.7, reject_below=0.3)
    assert await decided(critic) is Decision(decision)


async def test_with_one_threshold_it_can_always_tell():
    """Nothing lies in between."""
    assert await decided(LearnedCritic(lambda p, c: 0.5)) is Decision.ACCEPT
    assert await decided(LearnedCritic(lambda p, c: 0.499)) is Decision.REJECT


async def test_its_doubt_is_shown_beside_a_hard_critics_reasons():
    """As a soft critic it changes no decision."""
    hard, soft = FakeCritic(), LearnedCritic(score)
    verdict = await all_of([hard], [soft]).judge(PROBLEM, planned(WRONG[0]), None)
    assert [critique.code for critique in verdict.critiques] == ["refused", "judged-unlikely"]
    assert "20%" in verdict.critiques[-1].message
    assert await decided(all_of([hard], [soft]), FOOLED_BY) is Decision.REJECT


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
async def test_a_score_that_is_no_probability_breaks_the_critic(chance):
    """It never becomes a verdict."""
    with pytest.raises(CriticError, match="wanted a probability"):
        await decided(LearnedCritic(lambda p, c: chance))


async def test_a_problem_that_the_score_cannot_read_breaks_the_critic():
    """A session does not end with the caller's mistake because a soft critic was asked."""

    def cannot(problem, candidate):
        raise UsageError("300 words")

    with pytest.raises(CriticError, match="300 words"):
        await decided(LearnedCritic(cannot))


@pytest.mark.parametrize(
    "options",
    [{"accept_from": 1.5}, {"accept_from": 0.5, "reject_below": 0.6}, {"reject_below": -0.1}],
)
def test_thresholds_are_probabilities_in_order(options):
    """Anything else would accept and reject at once, or never."""
    with pytest.raises(ValueError, match="wanted two probabilities"):
        LearnedCritic(score, **options)
