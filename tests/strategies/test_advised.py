"""Advice enters the prompt, and the trace says whether it changed anything."""

from functools import partial

import pytest

from soundly.core.advice import Advice, AdviceCompared, AdviceGiven
from soundly.core.codec import record_from_json, record_to_json
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.outcome import Status
from soundly.core.verdict import ACCEPT, Decision, Guarantee, unknown
from soundly.strategies.advised import advised
from soundly.strategies.refine import refine
from soundly.strategies.single import single
from soundly.testing import FakeCritic
from soundly.testing.fake_family import CLAIM, RIGHT, RIGHT_TOO, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
ADVICE = Advice("Lift block a first.", "a person")


def events(outcome, kind):
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


@pytest.mark.parametrize("strategy", [single, refine])
async def test_advice_stands_at_the_end_of_every_prompt_of_any_strategy(run, strategy):
    _, model = await run(strategy, [WRONG[0], RIGHT], advice=ADVICE)
    for request in model.requests:
        assert request.messages[0].content.endswith(
            "Advice for this problem:\n\nLift block a first."
        )


async def test_the_trace_holds_the_advice_and_who_gave_it(run):
    outcome, _ = await run(single, [RIGHT], advice=Advice("Be brief.", "notes.txt"))
    assert events(outcome, AdviceGiven) == [AdviceGiven("Be brief.", "notes.txt")]
    again = [record_from_json(record_to_json(record)) for record in outcome.trace]
    assert tuple(r.event for r in again) == tuple(r.event for r in outcome.trace)


async def test_a_style_without_advice_leaves_it_out(run):
    _, model = await run(partial(single, style=PromptStyle(advice=False)), [RIGHT], advice=ADVICE)
    assert "Advice" not in model.requests[0].messages[0].content


async def test_both_answers_are_asked_for_with_one_seed(run):
    """What differs between the two requests is the advice and nothing else."""
    _, model = await run(advised, [WRONG[0], RIGHT], advice=ADVICE)
    first, second = model.requests
    assert (first.seed, first.temperature) == (second.seed, second.temperature)
    assert second.messages[0].content == f"{first.messages[0].content}\n\n{ADVICE.paragraph}"


@pytest.mark.parametrize(
    ("before", "after", "reading_changed", "decisions"),
    [
        (WRONG[0], RIGHT, True, (Decision.REJECT, Decision.ACCEPT)),
        (WRONG[0], WRONG[1], True, (Decision.REJECT, Decision.REJECT)),
        (WRONG[0], f"Well.\n{WRONG[0]}", False, (Decision.REJECT, Decision.REJECT)),
        (UNREADABLE, RIGHT, True, (None, Decision.ACCEPT)),
        (UNREADABLE, CLAIM, True, (None, None)),
        (RIGHT, RIGHT_TOO, True, (Decision.ACCEPT, Decision.ACCEPT)),
    ],
)
async def test_the_trace_says_what_the_advice_changed(
    run, before, after, reading_changed, decisions
):
    outcome, _ = await run(advised, [before, after], advice=ADVICE)
    (compared,) = events(outcome, AdviceCompared)
    assert compared.reading_changed is reading_changed
    assert (compared.before, compared.after) == decisions
    assert compared.verdict_changed is (decisions[0] is not decisions[1])
    assert compared.part == "advised"


async def test_a_right_answer_without_the_advice_is_not_lost(run):
    """Advice that misleads costs a call, and not the answer."""
    outcome, _ = await run(advised, [RIGHT, WRONG[0]], advice=ADVICE)
    assert outcome.status is Status.SOLVED
    assert outcome.candidate.canonical == RIGHT


async def test_the_answer_with_the_advice_comes_first(run):
    outcome, _ = await run(advised, [RIGHT, RIGHT_TOO], advice=ADVICE)
    assert outcome.candidate.canonical == RIGHT_TOO


async def test_without_advice_there_is_nothing_to_compare(run):
    with pytest.raises(UsageError, match="no advice came"):
        await run(advised, [RIGHT])


async def test_a_critic_that_contradicts_itself_is_told_from_a_changed_answer(run):
    """One answer, judged twice in two ways."""
    verdicts = iter([ACCEPT, unknown()])
    critic = FakeCritic(lambda problem, candidate: next(verdicts), guarantee=Guarantee.NONE)
    outcome, _ = await run(advised, [RIGHT, RIGHT], critic=critic, advice=ADVICE)
    (compared,) = events(outcome, AdviceCompared)
    assert not compared.reading_changed
    assert compared.verdict_changed


@pytest.mark.parametrize("text", ["", " \n"])
def test_empty_advice_is_refused(text):
    with pytest.raises(ValueError, match="is empty"):
        Advice(text)


def test_a_comparison_is_between_two_attempts_in_order():
    with pytest.raises(ValueError, match="attempts 2 and 2"):
        AdviceCompared(2, 2, reading_changed=False, before=None, after=None)
