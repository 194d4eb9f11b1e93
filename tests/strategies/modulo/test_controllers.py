"""What meta-controllers make of critiques."""

from functools import partial

import pytest

from soundly.core.outcome import Status
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.strategies.refine import refine
from soundly.testing import FakeCritic
from soundly.testing.fake_family import RIGHT, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio
THREE = reject(Critique("cost", "it costs too much"), Critique("time", "it takes too long"),
               Critique("cost", "it costs far too much"))  # fmt: skip


def never(problem, candidate):
    """Three critiques of two kinds, unless it is right."""
    return ACCEPT if candidate.canonical == RIGHT else THREE


async def test_concatenation_shows_all_at_once(play):
    """All critiques, in the critic's order."""
    _, cast = await play(refine, critic=FakeCritic(never), answer=[WRONG[0], RIGHT])
    assert "- it costs too much\n- it takes too long\n- it costs far too much" in cast.prompts()[1]


async def test_in_a_round_robin_each_critic_has_its_turn(play, feedback):
    """Kinds of critiques take turns with soft critics, and the one that waited longest is heard."""
    taste = FakeCritic(reject(Critique("ugly", "it is ugly")), name="taste")
    strategy = partial(refine, rounds=5, controller="round-robin", advisers=(taste,))
    outcome, cast = await play(strategy, critic=FakeCritic(never), answer=WRONG)
    assert [event.critics for event in feedback(outcome)] == [
        ("critic/cost",), ("critic/time",), ("taste",), ("critic/cost",)
    ]  # fmt: skip
    assert "it takes too long" not in cast.prompts()[1]
    assert "it costs too much\n- it costs far too much" in cast.prompts()[1]
    assert "ugly" in cast.prompts()[3]


async def test_a_kind_of_critique_that_comes_alone_is_still_the_one_that_was_heard(play, feedback):
    """What waited longer is heard first, in whatever company it comes."""

    def fewer(problem, candidate):
        return THREE if candidate.canonical == WRONG[0] else reject(THREE.critiques[0])

    taste = FakeCritic(reject(Critique("ugly", "it is ugly")), name="taste")
    strategy = partial(refine, rounds=3, controller="round-robin", advisers=(taste,))
    outcome, _ = await play(strategy, critic=FakeCritic(fewer), answer=WRONG)
    assert [event.critics for event in feedback(outcome)] == [("critic/cost",), ("taste",)]


async def test_several_critiques_are_summarised_by_the_model(play, parts):
    """One call of its own part; the next prompt holds the summary in place of the critiques."""
    outcome, cast = await play(partial(refine, controller="summarise"), critic=FakeCritic(never),
                               answer=[WRONG[0], RIGHT], controller="Spend less.")  # fmt: skip
    assert parts(outcome) == ["refine", "controller", "refine"]
    assert "it takes too long" in cast.prompts("controller")[0]
    assert "Spend less." in cast.prompts()[1]
    assert "it takes too long" not in cast.prompts()[1]
    assert cast.asked["controller"][0].temperature == 0.0


@pytest.mark.parametrize(
    ("critic", "summary", "calls"),
    [(FakeCritic(), "Spend less.", 0), (FakeCritic(never), " ", 1)],
    ids=["one critique", "an empty summary"],
)
async def test_what_needs_no_summary_or_gets_none_stands_as_it_is(
    play, feedback, critic, summary, calls
):
    """And the trace says that nothing was summarised."""
    outcome, cast = await play(partial(refine, controller="summarise"), critic=critic,
                               answer=[WRONG[0], RIGHT], controller=summary)  # fmt: skip
    assert len(cast.asked["controller"]) == calls
    assert feedback(outcome)[0].controller == "concatenate"
    assert "not accepted:\n- " in cast.prompts()[1]


async def test_diversify_asks_for_what_was_not_said_before(play, feedback):
    """Each earlier answer is listed once; what could not be read is no answer to differ from."""
    answers = [UNREADABLE, WRONG[0], WRONG[2], WRONG[0], RIGHT]
    outcome, cast = await play(partial(refine, controller="diversify"), answer=answers)
    assert [event.controller for event in feedback(outcome)] == ["concatenate", *["diversify"] * 3]
    listed = cast.prompts()[4].partition("none is accepted:\n")[2].splitlines()
    assert listed[:2] == ["- (pick-up a)", "- (pick-up b) (stack b a)"]
    assert "differs from all" in listed[2]
    assert outcome.status is Status.SOLVED
