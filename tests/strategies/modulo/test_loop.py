"""How a loop remembers, cools down, and stops."""

from functools import partial

import pytest

from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.modulo.options import Judging, LoopOptions, Schedule
from soundly.strategies.refine import refine
from soundly.strategies.sampling import Sampling
from soundly.strategies.self_critique import self_critique
from soundly.testing import FakeCritic
from soundly.testing.fake_family import RIGHT, UNREADABLE, WRONG

pytestmark = pytest.mark.anyio


async def test_rounds_that_become_old_are_summarised_by_the_model(play, parts):
    """The last round is shown as it was, those before as a summary that grows by one each time."""
    outcome, cast = await play(partial(refine, history="summarised"), summary=["One.", "Two."],
                               answer=[WRONG[0], WRONG[1], WRONG[2], RIGHT])  # fmt: skip
    assert parts(outcome) == ["refine", "refine", "summary", "refine", "summary", "refine"]
    assert [len(request.messages) for request in cast.asked["answer"]] == [1, 3, 3, 3]
    assert "earlier answers" not in cast.prompts()[1]
    assert cast.prompts()[2].endswith("What came of earlier answers:\nOne.")
    assert cast.prompts()[3].endswith("What came of earlier answers:\nTwo.")
    first, second = cast.prompts("summary")
    assert WRONG[0] in first
    assert WRONG[1] in second
    assert "Earlier:\nOne." in second


async def test_an_empty_summary_does_not_wipe_out_the_one_before(play):
    """What the model knew it goes on knowing."""
    _, cast = await play(partial(refine, history="summarised"), summary=["One.", ""],
                         answer=[*WRONG[:3], RIGHT])  # fmt: skip
    assert cast.prompts()[3].endswith("One.")


@pytest.mark.parametrize(
    ("repeats", "calls", "reason"),
    [(0, 5, "rounds"), (1, 4, "repeated"), (2, 5, "repeated"), (3, 5, "rounds")],
)
async def test_a_loop_stops_at_one_repeat_too_many(play, stops, repeats, calls, reason):
    """A repeat is an answer that reads the same; what cannot be read repeats nothing."""
    answers = [WRONG[0], UNREADABLE, UNREADABLE, f"Again:\n{WRONG[0]}", WRONG[0]]
    outcome, cast = await play(partial(refine, repeats=repeats), answer=answers)
    assert len(cast.asked["answer"]) == calls
    assert stops(outcome) == [("refine", reason, calls)]


async def test_a_loop_that_is_accepted_says_so(play, stops):
    """With the number of answers that it took."""
    outcome, _ = await play(refine, answer=[WRONG[0], RIGHT])
    assert stops(outcome) == [("refine", "accepted", 2)]


@pytest.mark.parametrize(
    ("schedule", "temperatures"),
    [
        (Schedule(), [0.8, 0.8, 0.8]),
        (Schedule(end_temperature=0.0), [0.8, 0.4, 0.0]),
        (Schedule(temperature_step=0.2), [0.8, 1.0, 1.2]),
        (Schedule(temperature_step=-0.5), [0.8, 0.3, 0.0]),
    ],
)
async def test_the_temperature_follows_its_schedule(play, schedule, temperatures):
    """From the sampling's own temperature on, and never below 0."""
    strategy = partial(refine, rounds=3, schedule=schedule, sampling=Sampling(temperature=0.8))
    _, cast = await play(strategy, answer=WRONG)
    assert [request.temperature for request in cast.asked["answer"]] == temperatures


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"repeats": -1}, "repeats is -1"),
        ({"feedback": "loud"}, "feedback is 'loud'"),
        ({"controller": "chief"}, "controller is 'chief'"),
        ({"history": "none", "controller": "diversify"}, "controller is diversify, and with"),
        ({"history": "none", "feedback": "binary"}, "feedback is binary, and with"),
        ({"history": "none", "self_critic": True}, "soft critics advise, and with"),
        ({"history": "none", "advisers": (FakeCritic(),)}, "soft critics advise, and with"),
        ({"reformulations": -2}, "reformulations is -2"),
        ({"schedule": Schedule(end_temperature=0.1)}, "a schedule needs a temperature"),
    ],
)
async def test_options_that_cannot_be_used_together_are_refused(play, options, said):
    """In one line, before anything is asked."""
    with pytest.raises(UsageError, match=f"^refine: {said}"):
        await play(partial(refine, **options), answer=RIGHT)


@pytest.mark.parametrize(
    ("bundle", "options"),
    [
        (LoopOptions, {"rounds": 0}),
        (LoopOptions, {"history": "some"}),
        (Schedule, {"end_temperature": -0.1}),
        (Schedule, {"end_temperature": float("nan")}),
        (Schedule, {"temperature_step": float("inf")}),
        (Schedule, {"end_temperature": 0.1, "temperature_step": 0.1}),
        (Judging, {"judge_tokens": 0}),
    ],
)
async def test_a_bundle_checks_itself(bundle, options):
    """What it cannot mean it refuses."""
    with pytest.raises(ValueError, match=next(reversed(options))):
        bundle(**options)


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        (partial(refine, self_critic=True), "refine: self_critic asks the model in words"),
        (partial(refine, reformulations=1), "refine: reformulations asks"),
        (partial(refine, history="summarised"), "refine: history=summarised asks"),
        (partial(refine, controller="summarise"), "refine: controller=summarise asks"),
        (self_critique, "self-critique: the model as its own judge asks"),
    ],
)
async def test_a_model_that_reads_a_notation_is_not_asked_in_words(strategy, said):
    """It is refused before anything is spent, and without what wants words it runs."""
    family = make_family("blocksworld")
    model = Scripted(["[PLAN]\n[PLAN END]"], cycle=True)
    model.notation = family.notation.name
    problem = family.draw(size=3, seed=1)
    with pytest.raises(UsageError, match=f"^{said}.*reads a notation; leave it out") as caught:
        await solve(problem, family=family, strategy=strategy, generator=model)
    assert caught.value.record.spend.calls == 0
    assert (await solve(problem, family=family, strategy=refine, generator=model)).spend.calls == 5


async def test_without_history_no_feedback_is_given(play, feedback):
    """Each round is a fresh sample, and the trace does not tell of words that nobody saw."""
    outcome, cast = await play(partial(refine, history="none"), answer=WRONG)
    assert len(cast.asked["answer"]) == 5
    assert not feedback(outcome)
