"""From free text to the critics' form: a loop of its own."""

from functools import partial

import pytest

from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.strategies.refine import refine
from soundly.testing.fake_family import CLAIM, RIGHT, WRONG

pytestmark = pytest.mark.anyio
PROSE = "First pick up a, and then stack it on b."


async def test_an_answer_in_prose_is_put_into_the_form_that_critics_read(play, parts, stops):
    """By the model, under a part of its own, which the answer is then credited to."""
    outcome, cast = await play(partial(refine, reformulations=2), answer=PROSE, form=RIGHT)
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "reformulator"
    assert parts(outcome) == ["refine", "reformulator"]
    assert stops(outcome) == [("reformulator", "read", 1), ("refine", "accepted", 1)]
    _, answer, _ = cast.asked["form"][0].messages
    assert answer.content == PROSE


async def test_the_inner_loop_has_a_bound_and_learns_from_its_format_critic(play, stops):
    """Each try sees the last one and what was missing; then the outer loop goes on."""
    outcome, cast = await play(partial(refine, reformulations=2, rounds=2), answer=[PROSE, RIGHT],
                               form=["Still prose.", "And more."])  # fmt: skip
    assert outcome.found_by == "refine"
    assert stops(outcome)[0] == ("reformulator", "rounds", 2)
    again = cast.asked["form"][1].messages
    assert again[1].content == "Still prose."
    assert "no line of the answer is an action" in again[2].content
    assert cast.asked["answer"][1].messages[1].content == PROSE


async def test_critiques_are_about_the_form_that_was_judged(play):
    """The model sees the reformulated answer as its own, since the steps in critiques are its."""
    _, cast = await play(partial(refine, reformulations=1), answer=[PROSE, RIGHT], form=WRONG[0])
    assert cast.asked["answer"][1].messages[1].content == WRONG[0]


@pytest.mark.parametrize("answer", [WRONG[0], CLAIM])
async def test_what_can_be_read_is_left_alone(play, answer):
    """A wrong answer is mended by the loop, and a claim has no form to be put into."""
    _, cast = await play(partial(refine, reformulations=3, rounds=1), answer=answer)
    assert not cast.asked["form"]


async def test_the_budget_stops_the_inner_loop_too(play):
    """A try that cannot be afforded is not made."""
    outcome, cast = await play(partial(refine, reformulations=9), answer=PROSE, form="No.",
                               budget=Budget(calls=3))  # fmt: skip
    assert outcome.status is Status.EXHAUSTED
    assert len(cast.asked["form"]) == 2
