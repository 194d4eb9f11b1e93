"""Assistive mode: the person sees what the critic let through, and what they say is heard."""

from functools import partial

import anyio
import pytest

from soundly.core.added_words import in_notation
from soundly.core.advice import Advice
from soundly.core.errors import CriticError, UsageError
from soundly.core.events import Judged
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.core.verdict import Decision, unknown
from soundly.critics.accompanied import Accompanied
from soundly.critics.human import Accept, Edit, Leave, Reject, Specify
from soundly.strategies.assist import assist
from soundly.testing import FakeCritic, ScriptedPerson
from soundly.testing.fake_family import RIGHT, RIGHT_TOO, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio


def judgements(outcome):
    return [r.event for r in outcome.trace if isinstance(r.event, Judged)]


def accompanied(*replies, critic=None):
    person = ScriptedPerson(replies)
    return person, Accompanied(critic or FakeCritic(), person)


async def test_the_person_sees_each_candidate_with_the_critics_verdict(run):
    """Rejected ones too: that is what they can help with."""
    person, critic = accompanied(Reject("not like this"), Accept())
    outcome, _ = await run(assist, [WRONG[0], RIGHT], critic=critic)
    assert outcome.status is Status.SOLVED
    assert [q.candidate.canonical for q in person.asked] == [WRONG[0], RIGHT]
    assert [q.verdict.decision for q in person.asked] == [Decision.REJECT, Decision.ACCEPT]


async def test_no_acceptance_brings_back_what_the_critic_rejects(run):
    """The critic gates, whatever the person says."""
    _, critic = accompanied(Accept(), Accept(), Leave())
    outcome, _ = await run(partial(assist, rounds=2), [WRONG[0], WRONG[1]], critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate is None
    assert [event.decision for event in judgements(outcome)] == [Decision.REJECT] * 2


async def test_a_reason_stands_in_the_next_prompt(run):
    _, critic = accompanied(Reject("the crane is being repaired"), Accept())
    outcome, model = await run(assist, [RIGHT, RIGHT_TOO], critic=critic)
    assert outcome.candidate.canonical == RIGHT_TOO
    assert "- a person: the crane is being repaired" in model.requests[1].messages[-1].content
    assert judgements(outcome)[0].critiques[-1].code == "rejected-by-person"


async def test_what_is_wanted_beside_stays_in_every_further_prompt(run):
    """It belongs to the problem, and is not forgotten with the next rejection."""
    _, critic = accompanied(Specify("move b first"), Specify("and put it back"), Reject("no"))
    _, model = await run(partial(assist, rounds=4), [RIGHT, RIGHT, RIGHT, RIGHT_TOO], critic=critic)
    first, second, third, fourth = (r.messages[0].content for r in model.requests)
    assert "move b first" not in first
    assert second.endswith("- move b first")
    assert third.endswith("- move b first\n- and put it back")
    assert fourth == third


async def test_an_edit_is_judged_like_any_answer_and_credited_to_the_person(run):
    """No call is made for it, and the certificate is as good as for any other part."""
    _, critic = accompanied(Edit(RIGHT), Accept())
    outcome, model = await run(assist, [WRONG[0]], critic=critic)
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "person"
    assert outcome.spend.calls == len(model.requests) == 1


async def test_a_wrong_edit_solves_nothing(run):
    _, critic = accompanied(Edit(WRONG[1]), Accept(), Leave())
    outcome, _ = await run(partial(assist, rounds=2), [WRONG[0]], critic=critic)
    assert outcome.status is Status.UNSOLVED


async def test_an_edit_that_cannot_be_read_goes_back_to_the_model_with_the_reason(run):
    _, critic = accompanied(Edit(UNREADABLE), Accept())
    outcome, model = await run(assist, [WRONG[0], RIGHT], critic=critic)
    assert outcome.status is Status.SOLVED
    assert "no line of the answer is an action" in model.requests[1].messages[-1].content


async def test_a_person_who_leaves_ends_the_session_and_loses_no_bill(run):
    _, critic = accompanied(Leave())
    outcome, model = await run(assist, [RIGHT, RIGHT], critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.spend.calls == len(model.requests) == 1


async def test_what_no_critic_can_decide_stays_a_candidate_that_a_person_accepts(run):
    """A person's word is no guarantee, and the trace says whose word it was."""
    _, critic = accompanied(Accept(), critic=FakeCritic(unknown()))
    outcome, _ = await run(assist, [RIGHT], critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == RIGHT
    assert outcome.certificate is None
    (judged,) = judgements(outcome)
    assert judged.decision is Decision.UNKNOWN
    assert [critique.code for critique in judged.critiques] == ["accepted-by-person"]


async def test_a_person_who_breaks_is_a_broken_critic(run):
    _, critic = accompanied("yes")
    with pytest.raises(CriticError, match="replied a str, wanted a Reply"):
        await run(assist, [RIGHT], critic=critic)


async def test_without_a_person_it_is_back_prompting(run):
    outcome, model = await run(assist, [WRONG[0], UNREADABLE, RIGHT])
    assert outcome.status is Status.SOLVED
    assert "the goal is not reached" in model.requests[1].messages[-1].content


async def test_no_rounds_are_refused(run):
    with pytest.raises(UsageError, match="rounds is 0"):
        await run(partial(assist, rounds=0), [RIGHT])


async def test_every_reply_counts_as_a_round(run):
    """A person who edits for ever does not keep the session open for ever."""
    _, critic = accompanied(*[Edit(WRONG[1])] * 9)
    outcome, _ = await run(partial(assist, rounds=3), [WRONG[0]], critic=critic)
    assert outcome.status is Status.UNSOLVED
    assert len(judgements(outcome)) == 3


async def test_advice_and_wishes_stand_together(run):
    _, critic = accompanied(Specify("be brief"), Accept())
    _, model = await run(assist, [RIGHT, RIGHT], critic=critic, advice=Advice("Lift a."))
    content = model.requests[1].messages[0].content
    assert content.index("Lift a.") < content.index("be brief")
    assert not in_notation(model.requests[1].messages)


async def test_a_budget_of_time_runs_while_the_person_thinks(run):
    """Nobody keeps a session open beyond its limit."""

    class Thinking:
        async def ask(self, question):
            await anyio.sleep_forever()

    critic = Accompanied(FakeCritic(), Thinking())
    outcome, _ = await run(assist, [RIGHT], critic=critic, budget=Budget(seconds=0.05))
    assert outcome.status is Status.EXHAUSTED
