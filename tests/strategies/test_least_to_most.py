"""Least-to-most: the problem is split, the parts are answered in turn, then the whole."""

from functools import partial

import pytest

from soundly.core.errors import UsageError
from soundly.core.outcome import Status
from soundly.core.spend import Budget
from soundly.strategies.least_to_most import least_to_most
from soundly.testing.fake_family import RIGHT, WRONG

pytestmark = pytest.mark.anyio
SPLIT = "Some thoughts.\n1. Which block moves?\n 2) Where does it go?\n3. Is the hand empty?"
PARTS = ["Block a.", "Onto b.", "Yes."]


async def test_each_part_is_asked_with_all_answers_so_far(run):
    """Question and answer of every part stand before the next, in order, under the problem."""
    outcome, model = await run(least_to_most, [SPLIT, *PARTS, RIGHT])
    assert outcome.status is Status.SOLVED
    split, *parts, whole = model.requests
    assert "Do not solve this yet" in split.messages[-1].content
    assert [len(part.messages) for part in parts] == [1, 3, 5]
    assert "Part 1: Which block moves?" in parts[0].messages[0].content
    assert "Part 2: Where does it go?" in parts[1].messages[-1].content
    said = [m.content for m in whole.messages if m.role == "assistant"]
    assert said == PARTS
    assert "whole problem" in whole.messages[-1].content


async def test_only_the_answer_to_the_whole_is_judged(run):
    """A part whose answer happens to be a right plan ends nothing."""
    outcome, model = await run(least_to_most, ["1. All of it?", RIGHT, WRONG[0]])
    assert outcome.status is Status.UNSOLVED
    assert len(model.requests) == 3


async def test_no_more_parts_than_asked_for(run):
    _, model = await run(partial(least_to_most, parts=2), [SPLIT, *PARTS[:2], RIGHT])
    assert len(model.requests) == 4
    assert "at most 2 of them" in model.requests[0].messages[-1].content


async def test_a_list_that_cannot_be_read_leaves_the_problem_as_it_is(run):
    """The second call then asks what `single` asks."""
    outcome, model = await run(least_to_most, ["It is simple.", RIGHT])
    assert outcome.status is Status.SOLVED
    (asked,) = model.requests[1].messages
    assert model.requests[0].messages[0].content.startswith(asked.content)
    assert "part by part" not in asked.content


async def test_an_empty_answer_to_a_part_is_shown_as_one(run):
    """Providers refuse an empty turn."""
    _, model = await run(least_to_most, ["1. What?", "", RIGHT])
    assert model.requests[-1].messages[1].content == "(an empty answer)"


async def test_the_split_is_a_part_of_its_own_on_the_bill(run):
    outcome, _ = await run(least_to_most, [SPLIT, *PARTS, RIGHT])
    parts = [r.event.part for r in outcome.trace if type(r.event).__name__ == "CallHeld"]
    assert parts == ["split", *["least-to-most"] * 4]
    assert outcome.found_by == "least-to-most"


async def test_the_budget_stops_it_between_parts(run):
    outcome, model = await run(least_to_most, [SPLIT, *PARTS, RIGHT], budget=Budget(calls=3))
    assert outcome.status is Status.EXHAUSTED
    assert len(model.requests) == 3


async def test_no_parts_are_refused(run):
    with pytest.raises(UsageError, match="parts is 0"):
        await run(partial(least_to_most, parts=0), [RIGHT])
