"""Searches over partial solutions: dead prefixes go no further, and states are met once."""

from functools import partial

import pytest

from soundly.config.families import make_family
from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.events import CallHeld, Judged
from soundly.core.outcome import Status
from soundly.core.searching import StepsProposed
from soundly.core.spend import Budget
from soundly.core.verdict import Critique, reject
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.beam_search import beam_search
from soundly.strategies.evaluation import Scoring
from soundly.strategies.expansion import Growth
from soundly.strategies.monte_carlo import monte_carlo
from soundly.strategies.tree_of_thoughts import tree_of_thoughts
from soundly.testing import FakeCritic
from soundly.testing.fake_family import RIGHT

pytestmark = pytest.mark.anyio

UP_A, UP_B = "(pick-up a)", "(pick-up b)"
DOWN_A, DOWN_B = "(put-down a)", "(put-down b)"
ON = "(stack a b)"
LINE = partial(beam_search, growth=Growth(breadth=1, proposals=1))
SEARCHES = {
    "beam": LINE,
    "depth-first": partial(
        tree_of_thoughts,
        order="depth-first",
        growth=Growth(proposals=1),
        scoring=Scoring("none"),
    ),
    "monte-carlo": monte_carlo,
}


def proposed(outcome):
    return [r.event for r in outcome.trace if isinstance(r.event, StepsProposed)]


def asked(model, call):
    return model.requests[call - 1].messages[-1].content


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
async def test_what_stands_of_a_broken_plan_is_gone_on_from(run, search):
    """The second step dies, the first is kept, and the next answer needs only the rest."""
    outcome, model = await run(search, [f"{UP_A}\n(stack a c)", ON])
    assert outcome.status is Status.SOLVED
    assert outcome.candidate.canonical == RIGHT
    assert [(e.standing, e.proposed, e.kept) for e in proposed(outcome)] == [(0, 2, 1), (1, 1, 1)]
    assert UP_A in asked(model, 2)
    assert "(stack a c): there is no object 'c'" in asked(model, 2)


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
async def test_only_a_complete_prefix_is_judged(run, search):
    """What dies on the way costs the critic nothing."""
    outcome, _ = await run(search, [UP_A, f"{ON}\n{DOWN_A}"])
    assert outcome.status is Status.SOLVED
    assert sum(isinstance(r.event, Judged) for r in outcome.trace) == 1


async def test_without_feedback_the_model_is_not_told_what_died(run):
    """The prefix alone."""
    quiet = partial(beam_search, growth=Growth(breadth=1, proposals=1, feedback=False))
    _, model = await run(quiet, [f"{UP_A}\n(stack a c)", ON])
    assert "no object" not in asked(model, 2)


async def test_two_ways_to_one_state_are_one_node(run):
    """Up and down again is where the search began, so nothing new was found."""
    search = partial(beam_search, growth=Growth(breadth=2, proposals=2, depth=2, stride=2))
    outcome, model = await run(search, [f"{UP_B}\n{DOWN_B}", f"{UP_A}\n{DOWN_A}", UP_A, UP_A, ON])
    assert outcome.status is Status.UNSOLVED
    assert [event.standing for event in proposed(outcome)] == [0, 0, 0, 0]
    assert len(model.requests) == 4


async def test_a_stride_takes_so_many_steps_of_an_answer(run):
    """The rest is not looked at, right or wrong."""
    search = partial(beam_search, growth=Growth(breadth=1, proposals=1, stride=1))
    outcome, model = await run(search, [RIGHT, ON])
    assert [(e.proposed, e.kept) for e in proposed(outcome)] == [(1, 1), (1, 1)]
    assert "Now write the first step alone" in asked(model, 1)
    assert "Now write the next step alone" in asked(model, 2)


async def test_an_answer_that_repeats_what_stands_is_read_from_there_on(run):
    """Models do, whatever they are asked."""
    outcome, _ = await run(LINE, [UP_A, RIGHT])
    assert outcome.status is Status.SOLVED
    assert proposed(outcome)[1].proposed == 1


async def test_a_step_that_was_cut_in_half_is_no_mistake(run):
    """The model is told of no step that it never finished."""
    half = Completion(f"{UP_A}\n(stack a)", "scripted", "length")
    outcome, model = await run(LINE, [half, ON])
    assert outcome.status is Status.SOLVED
    assert proposed(outcome)[0].critiques == ()
    assert "cannot be" not in asked(model, 2)


async def test_a_complete_prefix_that_the_critic_rejects_is_dead(run):
    """With the critic's own reasons, shown with the next proposal."""
    no = FakeCritic(reject(Critique("ugly", "it is not pretty")))
    search = partial(beam_search, growth=Growth(breadth=1, proposals=1, depth=3))
    outcome, model = await run(search, [RIGHT, ON, ON], critic=no)
    assert outcome.status is Status.UNSOLVED
    assert "it is not pretty" in asked(model, 2)


async def test_the_family_s_estimate_chooses_who_goes_on():
    """Both are alive; the one that is nearer to the goal goes on, and the other is dropped."""
    family = make_family("blocksworld")
    example = family.draw_solved(size=5, seed=1)
    plan = [f"({' '.join(step)})" for step in example.plan]
    near = len(plan) - 1
    search = partial(
        beam_search,
        growth=Growth(breadth=1, proposals=2, depth=2),
        scoring=Scoring("heuristic"),
    )
    texts = ["\n".join(plan[:2]), "\n".join(plan[:near]), plan[-1]]
    outcome = await solve(
        example.problem, family=family, strategy=search, generator=Scripted(texts)
    )
    assert outcome.status is Status.SOLVED
    assert [event.standing for event in proposed(outcome)] == [0, 0, near]


async def test_the_model_s_own_value_chooses_who_goes_on(run):
    """One "impossible" and one "sure": the second goes on, and its calls are the evaluation's."""
    search = partial(
        beam_search, growth=Growth(breadth=1, proposals=2, depth=2), scoring=Scoring("value")
    )
    outcome, model = await run(search, [UP_B, UP_A, "I fear\nimpossible", "Sure.", ON])
    assert outcome.status is Status.SOLVED
    parts = [r.event.part for r in outcome.trace if isinstance(r.event, CallHeld)]
    assert parts == ["beam-search", "beam-search", "evaluation", "evaluation", "beam-search"]
    assert UP_B in asked(model, 3)


async def test_votes_choose_who_goes_on(run):
    """Two of three for the second; a vote for nobody counts for nobody."""
    search = partial(
        beam_search, growth=Growth(breadth=1, proposals=2, depth=2), scoring=Scoring("vote", 3)
    )
    outcome, _ = await run(search, [UP_B, UP_A, "BEST: 2", "BEST: 7", "**BEST: 2**", ON])
    assert outcome.status is Status.SOLVED


async def test_depth_first_gives_up_what_every_vote_calls_impossible(run):
    """Nothing is left then, and the search ends without spending its visits."""
    search = partial(tree_of_thoughts, order="depth-first", growth=Growth(proposals=1, stride=1))
    outcome, model = await run(search, [UP_B, "impossible"])
    assert outcome.status is Status.UNSOLVED
    assert len(model.requests) == 2


async def test_depth_first_comes_back_to_the_next_best(run):
    """The first child's children all die, and the second child is gone on from."""
    search = partial(
        tree_of_thoughts,
        order="depth-first",
        growth=Growth(proposals=2, stride=1),
        scoring=Scoring("none"),
    )
    outcome, _ = await run(search, [UP_B, UP_A, "(stack b c)", "(stack b d)", ON])
    assert outcome.status is Status.SOLVED
    assert [event.standing for event in proposed(outcome)] == [0, 0, 1, 1, 1]


async def test_calls_at_the_same_time_are_looked_at_in_their_order(run):
    """Four at once: the first right one wins, and none is asked behind it."""
    search = partial(beam_search, growth=Growth(proposals=4, concurrency=4))
    outcome, model = await run(search, [UP_B, RIGHT, UP_A, RIGHT])
    assert outcome.status is Status.SOLVED
    assert len(model.requests) == 4


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
async def test_a_budget_ends_a_search_exhausted(run, search):
    """Not UNSOLVED: it would have gone on."""
    outcome, model = await run(search, [UP_A, ON], budget=Budget(calls=1))
    assert outcome.status is Status.EXHAUSTED
    assert len(model.requests) == 1


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
async def test_a_model_that_breaks_breaks_the_search(run, search):
    """It is no dead prefix."""
    with pytest.raises(GeneratorError, match="gone"):
        await run(search, [UP_A, GeneratorError("gone")])


async def test_log_probabilities_that_a_model_does_not_tell_are_not_made_up(run):
    """The caller chose an evaluation that this model cannot serve."""
    search = partial(beam_search, scoring=Scoring("log-probability"))
    with pytest.raises(UsageError, match="tells no log-probabilities"):
        await run(search, [UP_A] * 8)


async def test_the_likelier_prefix_goes_on(run):
    """By the mean over the words of what was written."""
    search = partial(
        beam_search,
        growth=Growth(breadth=1, proposals=2, depth=2),
        scoring=Scoring("log-probability"),
    )
    unlikely = Completion(UP_B, "scripted", logprobs=(-3.0, -1.0))
    likely = Completion(UP_A, "scripted", logprobs=(-0.5, -0.5, -0.5))
    outcome, _ = await run(search, [unlikely, likely, Completion(ON, "scripted", logprobs=())])
    assert outcome.status is Status.SOLVED


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        (Growth, {"breadth": 0}, "breadth is 0"),
        (Growth, {"depth": -1}, "depth is -1"),
        (Growth, {"proposals": 0}, "proposals is 0"),
        (Growth, {"stride": 0}, "stride is 0"),
        (Growth, {"concurrency": 0}, "concurrency is 0"),
        (Scoring, {"votes": 0}, "votes is 0"),
        (Scoring, {"evaluation": "luck"}, "evaluation is 'luck'"),
    ],
)
def test_options_that_cannot_be_used_are_refused_where_they_are_made(kind, options, said):
    """In one line that says what came."""
    with pytest.raises(ValueError, match=said):
        kind(**options)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (partial(monte_carlo, rollouts=0), "rollouts=0"),
        (partial(monte_carlo, scoring=Scoring("vote")), "evaluation=vote compares"),
        (partial(tree_of_thoughts, order="sideways"), "order is 'sideways'"),
        (partial(tree_of_thoughts, visits=0), "visits is 0"),
    ],
)
async def test_what_a_search_cannot_do_is_the_callers_mistake(run, search, said):
    """And nothing is asked."""
    with pytest.raises(UsageError, match=said):
        await run(search)


async def test_a_family_without_prefixes_is_refused():
    """With a word on which ones have them."""
    family = make_family("last-letters")
    problem = family.draw(size=2, seed=0)
    with pytest.raises(UsageError, match="does not judge partial solutions"):
        await solve(problem, family=family, strategy=beam_search, generator=Scripted(["no"]))
