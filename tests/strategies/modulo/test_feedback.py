"""How much the model is told of what was wrong."""

from functools import partial

import pytest

from soundly.core.verdict import Critique, reject
from soundly.strategies.modulo.review import CRITIC, FORMAT, Voice
from soundly.strategies.modulo.wording import in_words
from soundly.strategies.refine import refine
from soundly.testing import FakeCritic
from soundly.testing.fake_family import RIGHT, UNREADABLE, WRONG

TWO = (
    Critique("low", "the first is low", where="step 1", repair="raise it"),
    Critique("late", "the second is late", where="step 2", repair="start early"),
)


@pytest.mark.parametrize(
    ("level", "said", "unsaid"),
    [
        ("binary", [], ["low", "late", "raise", "start"]),
        ("first", ["step 1: the first is low"], ["late", "raise", "start"]),
        ("all", ["step 1: the first is low", "step 2: the second is late"], ["raise", "start"]),
        ("constructive", ["(raise it)", "step 2: the second is late (start early)"], []),
    ],
)
def test_each_level_tells_more_than_the_one_before(level, said, unsaid):
    """That it was wrong; the first error; all of them; and what would mend them."""
    text = in_words((Voice(CRITIC, TWO),), level).text
    assert "not accepted" in text
    assert all(piece in text for piece in said)
    assert not any(piece in text for piece in unsaid)


@pytest.mark.parametrize("level", ["binary", "first", "all", "constructive"])
def test_a_missing_form_is_always_told_in_full(level):
    """It gives nothing of a solution away, and without it no answer can be read."""
    told = in_words(
        (Voice(FORMAT, (Critique("no-plan", "no line is an action", repair="one a line"),)),), level
    )
    assert told.text.startswith("No answer could be read")
    assert "no line is an action (one a line)" in told.text


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (12, 12), (13, 13), (40, 13)])
def test_a_dozen_critiques_are_shown_and_the_rest_counted(count, lines):
    """A model is not helped by a hundred reasons."""
    critiques = tuple(Critique("c", f"reason {i}") for i in range(count))
    text = in_words((Voice(CRITIC, critiques),), "constructive").text
    assert text.count("\n- ") == lines
    assert (f"and {count - 12} more" in text) == (count > 12)


def test_advice_is_named_as_what_it_is():
    """A soft critic may be wrong, and the model is told so, and who it is."""
    voices = (Voice(CRITIC, TWO), Voice("taste", (Critique("ugly", "it is ugly"),), advice=True))
    told = in_words(voices, "first")
    assert "Advice of taste, which may be wrong:\n- it is ugly" in told.text
    assert (told.critics, told.shown) == ((CRITIC, "taste"), 2)


@pytest.mark.anyio
async def test_the_trace_tells_what_was_told(play, feedback):
    """Level, controller, whose critiques, and how many."""
    outcome, cast = await play(partial(refine, feedback="first"), critic=FakeCritic(reject(*TWO)),
                               answer=[UNREADABLE, RIGHT])  # fmt: skip
    first, second, *_ = feedback(outcome)
    assert (first.round, first.critics, first.shown, first.part) == (1, ("format",), 1, "refine")
    assert (second.round, second.level, second.critics, second.shown) == (
        2,
        "first",
        ("critic",),
        1,
    )
    assert "late" not in cast.prompts()[2]


@pytest.mark.anyio
async def test_the_format_critic_comes_before_the_others(play, advice):
    """What cannot be read is judged by nobody, soft critics included."""
    outcome, cast = await play(partial(refine, self_critic=True, rounds=3), judge="VERDICT: WRONG",
                               answer=[UNREADABLE, WRONG[0], RIGHT])  # fmt: skip
    assert [event.canonical for event in advice(outcome)] == [WRONG[0]]
    assert "No answer could be read" in cast.prompts()[1]
