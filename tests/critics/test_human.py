"""A person as critic: believed as far as is configured, and never against the kernel."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError
from soundly.core.outcome import Status
from soundly.core.verdict import ACCEPT, Critique, Decision, Guarantee, reject, unknown
from soundly.critics.accompanied import Accompanied
from soundly.critics.human import Accept, Edit, HumanCritic, Leave, Question, Reject, Specify
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.single import single
from soundly.testing import CRITIC_LAWS, CriticCase, FakeCritic, FakeFamily, ScriptedPerson
from soundly.testing.fake_family import PROBLEM, RIGHT, RIGHT_TOO, WRONG

pytestmark = pytest.mark.anyio
CANDIDATE = Candidate(tuple(RIGHT.splitlines()), RIGHT, "tests")


def planned(text):
    return Candidate(tuple(text.splitlines()), text, "tests")


class Knows:
    """A person who is always right."""

    async def ask(self, question):
        solution = question.candidate.solution
        if not isinstance(solution, tuple) or not all(isinstance(step, str) for step in solution):
            raise CriticError("that is no plan")
        right = question.candidate.canonical in (RIGHT, RIGHT_TOO)
        return Accept() if right else Reject("no")


@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("critic", [HumanCritic(Knows()), Accompanied(FakeCritic(), Knows())])
async def test_it_keeps(law, critic):
    right, wrong = map(planned, (RIGHT, RIGHT_TOO)), map(planned, WRONG)
    await law(CriticCase(critic, PROBLEM, tuple(right), tuple(wrong)))


@pytest.mark.parametrize(
    ("reply", "decision"),
    [
        (Accept(), Decision.ACCEPT),
        (Reject("no"), Decision.REJECT),
        (Edit(RIGHT), Decision.REJECT),
        (Specify("faster"), Decision.REJECT),
        (Leave(), Decision.UNKNOWN),
    ],
)
async def test_a_reply_is_a_verdict(reply, decision):
    verdict = await HumanCritic(ScriptedPerson([reply])).judge(PROBLEM, CANDIDATE, None)
    assert verdict.decision is decision


@pytest.mark.parametrize("reply", [Accept(), Reject("no"), Edit(RIGHT), Specify("more"), Leave()])
@pytest.mark.parametrize("inner", [ACCEPT, unknown(), reject(Critique("bad", "it is bad"))])
async def test_only_what_both_accept_is_accepted(inner, reply):
    """And what the critic rejects is rejected, with its reasons before the person's."""
    critic = Accompanied(FakeCritic(inner), ScriptedPerson([reply]))
    verdict = await critic.judge(PROBLEM, CANDIDATE, None)
    assert verdict.accepted == (inner.accepted and reply == Accept())
    if inner.rejected:
        assert verdict.rejected
        assert verdict.critiques[0] == inner.critiques[0]


@pytest.mark.parametrize("inner", [ACCEPT, unknown()])
async def test_leaving_decides_nothing(inner):
    critic = Accompanied(FakeCritic(inner), ScriptedPerson())
    verdict = await critic.judge(PROBLEM, CANDIDATE, None)
    assert verdict.decision is Decision.UNKNOWN
    assert verdict.critiques[-1].code == "person-left"


async def test_a_person_alone_solves_nothing():
    """Unless the configuration says that they are SOUND."""
    outcome = await by_person(HumanCritic(ScriptedPerson([Accept()])), RIGHT)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == RIGHT


async def test_a_person_configured_as_sound_is_named_and_re_checked():
    critic = HumanCritic(ScriptedPerson([Accept()]), guarantee=Guarantee.SOUND)
    outcome = await by_person(critic, RIGHT)
    assert outcome.status is Status.SOLVED
    assert (outcome.trace[0].event.critic, outcome.trace[0].event.guarantee) == (
        "person",
        ("sound",),
    )


async def test_a_person_configured_as_sound_who_errs_is_refused_by_the_kernel():
    critic = HumanCritic(ScriptedPerson([Accept()]), guarantee=Guarantee.SOUND)
    with pytest.raises(CriticError, match="person accepted what the kernel refuses"):
        await by_person(critic, WRONG[0])


@pytest.mark.parametrize("inner", [Guarantee.NONE, Guarantee.COMPLETE, Guarantee.SOUND])
def test_a_person_beside_a_critic_adds_no_guarantee(inner):
    """And takes completeness away: people refuse right answers too."""
    critic = Accompanied(FakeCritic(guarantee=inner), ScriptedPerson())
    assert critic.guarantee == inner & Guarantee.SOUND
    assert critic.name == "fake-critic+person"


@pytest.mark.parametrize("make", [Reject, Edit, Specify])
def test_a_reply_says_something(make):
    with pytest.raises(ValueError, match="is empty"):
        make(" \n")


def test_what_was_rejected_cannot_be_accepted():
    refused = reject(Critique("bad", "it is bad"))
    assert not Question(PROBLEM, CANDIDATE, refused).acceptable
    assert Question(PROBLEM, CANDIDATE, unknown()).acceptable
    assert Question(PROBLEM, CANDIDATE).acceptable


async def by_person(critic, text):
    return await solve(
        PROBLEM,
        family=FakeFamily(),
        strategy=single,
        generator=Scripted([text]),
        critic=critic,
    )
