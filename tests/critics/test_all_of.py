"""Several critics as one: hard ones gate, soft ones advise."""

from itertools import product

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError
from soundly.core.verdict import ACCEPT, Critique, Decision, Guarantee, reject, unknown
from soundly.critics.all_of import AllOf, all_of
from soundly.testing import FakeCritic
from soundly.testing.fake_family import PROBLEM

pytestmark = pytest.mark.anyio
CANDIDATE = Candidate((), "", "tests")
VERDICTS = {
    Decision.ACCEPT: ACCEPT,
    Decision.REJECT: reject(Critique("no", "it is wrong")),
    Decision.UNKNOWN: unknown(Critique("dark", "it is too dark to see")),
}
TRUTH = {
    (Decision.ACCEPT, Decision.ACCEPT): Decision.ACCEPT,
    (Decision.ACCEPT, Decision.UNKNOWN): Decision.UNKNOWN,
    (Decision.UNKNOWN, Decision.UNKNOWN): Decision.UNKNOWN,
    (Decision.ACCEPT, Decision.REJECT): Decision.REJECT,
    (Decision.REJECT, Decision.REJECT): Decision.REJECT,
    (Decision.REJECT, Decision.UNKNOWN): Decision.REJECT,
}
GUARANTEES = [
    Guarantee.NONE,
    Guarantee.SOUND,
    Guarantee.COMPLETE,
    Guarantee.SOUND | Guarantee.COMPLETE,
]


def says(decision: Decision, guarantee=Guarantee.NONE) -> FakeCritic:
    return FakeCritic(VERDICTS[decision], guarantee, name=decision.value)


async def decided(critic) -> Decision:
    return (await critic.judge(PROBLEM, CANDIDATE, None)).decision


@pytest.mark.parametrize(("pair", "wanted"), TRUTH.items())
async def test_two_hard_critics_follow_the_truth_table(pair, wanted):
    """One rejection rejects, and acceptance needs all; the order does not matter."""
    for order in (pair, pair[::-1]):
        assert await decided(all_of([says(decision) for decision in order])) is wanted


async def test_three_hard_critics_decide_as_two_and_one():
    """Putting critics together in pairs or all at once comes to the same."""
    for three in product(Decision, repeat=3):
        first, second, third = (says(decision) for decision in three)
        assert await decided(all_of([first, second, third])) is await decided(
            all_of([all_of([first, second]), third])
        )


@pytest.mark.parametrize("soft", Decision)
@pytest.mark.parametrize("hard", Decision)
async def test_a_soft_critic_changes_no_decision(hard, soft):
    """Advice does not gate, whichever way it goes."""
    assert await decided(all_of([says(hard)], [says(soft)])) is hard


async def test_every_reason_of_a_rejection_is_there():
    """Hard critics first, in their order, then the advice, so that the model sees all at once."""
    critics = [FakeCritic(reject(Critique(c, c))) for c in "ab"]
    advice = FakeCritic(reject(Critique("c", "c")))
    verdict = await all_of([critics[0], says(Decision.ACCEPT), critics[1]], [advice]).judge(
        PROBLEM, CANDIDATE, None
    )
    assert [critique.code for critique in verdict.critiques] == ["a", "b", "c"]


@pytest.mark.parametrize("hard", [Decision.ACCEPT, Decision.UNKNOWN])
async def test_advice_is_not_asked_for_where_it_could_change_nothing(hard):
    """A soft critic may cost a call."""
    never = FakeCritic(RuntimeError("asked"))
    assert await decided(all_of([says(hard)], [never])) is hard


@pytest.mark.parametrize("place", ["hard", "soft"])
async def test_a_critic_that_breaks_breaks_the_whole(place):
    """A broken critic is never left out in silence, not even one that only advises."""
    broken = FakeCritic(CriticError("ill"))
    hard = [says(Decision.REJECT), broken] if place == "hard" else [says(Decision.REJECT)]
    with pytest.raises(CriticError, match="ill"):
        await all_of(hard, [] if place == "hard" else [broken]).judge(PROBLEM, CANDIDATE, None)


@pytest.mark.parametrize("pair", list(product(GUARANTEES, repeat=2)))
def test_the_guarantee_is_what_the_parts_are_worth_together(pair):
    """Sound as soon as one gate is; complete only where every gate is."""
    guarantee = all_of([says(Decision.ACCEPT, each) for each in pair]).guarantee
    assert (Guarantee.SOUND in guarantee) == any(Guarantee.SOUND in each for each in pair)
    assert (Guarantee.COMPLETE in guarantee) == all(Guarantee.COMPLETE in each for each in pair)


def test_a_soft_critics_guarantee_counts_for_nothing():
    """What does not gate cannot make an acceptance sound."""
    sound = says(Decision.ACCEPT, Guarantee.SOUND)
    assert all_of([says(Decision.ACCEPT)], [sound]).guarantee is Guarantee.NONE


def test_no_hard_critic_is_no_gate():
    """With nothing to pass, everything would pass."""
    with pytest.raises(ValueError, match="at least one hard critic"):
        AllOf(())
    with pytest.raises(ValueError, match="at least one hard critic"):
        all_of([], [says(Decision.REJECT)])


def test_one_hard_critic_stays_itself():
    """Nothing is wrapped for nothing."""
    critic = says(Decision.ACCEPT)
    assert all_of([critic]) is critic


def test_name_and_version_tell_all_parts():
    """A trace says who judged, and which of them only advised."""
    critic = all_of([says(Decision.ACCEPT), says(Decision.REJECT)], [says(Decision.UNKNOWN)])
    assert critic.name == "accept+reject+(unknown)"
    assert critic.version == "1+1+1"
