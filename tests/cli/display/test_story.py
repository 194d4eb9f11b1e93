"""The story of a session is a function of its trace."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial

import anyio
import pytest

from soundly.cli.display.console import open_console
from soundly.cli.display.ending import ending_panel
from soundly.cli.display.live import LiveDisplay
from soundly.cli.display.story import Story
from soundly.core.completion import Message, Request
from soundly.core.events import Judged
from soundly.core.replay import replay
from soundly.engine import solve
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.problems import problem_from_files
from soundly.generators.scripted import Scripted
from soundly.strategies.adaptive_best_of import adaptive_best_of
from soundly.strategies.best_of import best_of
from soundly.strategies.refine import refine
from soundly.strategies.rerank import rerank
from soundly.strategies.vote import vote


@pytest.fixture
def session(blocks):
    """Runs a strategy on the four blocks and gives the outcome."""

    def run(strategy, *replies, sinks=()):
        return anyio.run(
            lambda: solve(
                problem_from_files(*blocks),
                family=PlanningFamily(),
                strategy=strategy,
                generator=Scripted(replies),
                sinks=sinks,
                session_id="s1",
            )
        )

    return run


def told(trace):
    stream = io.StringIO()
    console = open_console(stream)
    story = Story()
    for record in trace:
        for renderable in story.take(record):
            console.print(renderable)
    return stream.getvalue()


def test_what_is_seen_live_is_what_is_replayed(session):
    stream = io.StringIO()
    with LiveDisplay(open_console(stream)) as display:
        outcome = session(refine, "(pick-up a)", "what?", "[NO PLAN]", "", "(pick-up b)",
                          sinks=[display])  # fmt: skip
    assert stream.getvalue() == told(outcome.trace)


def test_every_attempt_of_a_race_is_told_with_its_own_steps(session):
    outcome = session(best_of, *["(pick-up b)", "(pick-up a)"] * 4)
    text = told(outcome.trace)
    assert all(f"attempt {number}" in text for number in range(1, 9))
    assert text.count("rejected") == 8


def test_the_steps_of_a_soundly_accepted_plan_are_left_to_the_ending(session, plan):
    outcome = session(refine, "\n".join(plan))
    text = told(outcome.trace)
    assert "accepted by plan-validator" in text
    assert plan[0] not in text


def test_the_steps_of_a_plan_that_only_an_unsound_critic_accepted_are_told(session, plan):
    trace = [
        replace(record, event=replace(record.event, guarantee=("complete",)))
        if isinstance(record.event, Judged)
        else record
        for record in session(refine, "\n".join(plan)).trace
    ]
    assert plan[0] in told(trace)


def test_an_answer_without_a_plan_is_quoted_as_it_begins(session):
    text = told(session(refine, "I like\nblocks", "", "[NO PLAN]", *"xy").trace)
    assert "│ I like" in text
    assert "│ blocks" in text
    assert "(an empty answer)" in text
    assert "a claim is not a proof" in text


def test_someone_is_at_work_exactly_while_a_call_is_open(session):
    story = Story()
    working = []
    for record in session(best_of, *["x"] * 8).trace:
        story.take(record)
        working.append(story.working)
        account = story.account
        assert (story.working is not None) == (account.held.calls > 0)
    assert "writing" in " ".join(filter(None, working))
    assert story.working is None


@pytest.mark.parametrize("cut", range(1, 7))
def test_a_session_that_was_killed_anywhere_can_be_told_and_ended(session, cut):
    trace = session(refine, *["(pick-up a)"] * 5).trace[:cut]
    stream = io.StringIO()
    open_console(stream).print(ending_panel(trace, replay(trace), None))
    assert "UNFINISHED" in stream.getvalue()
    assert told(trace)


@pytest.mark.parametrize("width", [20, 40, 200])
def test_no_line_is_wider_than_the_screen(session, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    text = told(
        session(refine, "(pick-up a)", "x" * 500, "(stack " + "y " * 200 + ")", "", "").trace
    )
    assert max(map(len, text.splitlines())) <= width


def test_an_old_trace_of_an_unknown_family_is_told_from_its_statement(session):
    first, *_ = session(refine, *["x"] * 5).trace
    problem = replace(first.event.problem, family="gone", statement={"riddle": "what is it?"})
    started = replace(first, event=replace(first.event, problem=problem))
    assert "what is it?" in told([started])


def test_a_vote_is_told_with_every_answer_and_its_votes(session, plan):
    right = "\n".join(plan)
    outcome = session(vote, "(pick-up a)", right, "[NO PLAN]", "?", right, *["(pick-up b)"] * 3)
    text = " ".join(told(outcome.trace).split())
    assert "▸ 3 votes (pick-up b)" in text
    assert "2 votes (unstack" in text
    assert "1 vote (there is no solution)" in text
    assert "1 sample no answer read, no vote" in text


def test_sampling_that_stops_says_by_what_chance(session):
    text = " ".join(told(session(adaptive_best_of, *["(pick-up b)"] * 20).trace).split())
    assert "stops after 16 samples, 1 answer: the next has a chance of 0.0196, below 0.02" in text


def test_an_answer_drawn_with_others_before_it_was_read_is_not_taken_for_another(session):
    """The trace does not say whose text could not be read, so none is shown."""
    samples = ["I wonder.", "[NO PLAN]", "(pick-up b)", "Last words."]
    outcome = session(partial(rerank, n=4, concurrency=1), *samples)
    text = told(outcome.trace)
    assert "Last words." not in text
    assert "no answer could be read" in text
    assert "│ [NO PLAN]" in text


def test_an_answer_that_is_read_as_it_comes_is_shown(session):
    text = told(session(refine, "I wonder.", *["(pick-up b)"] * 4).trace)
    assert "│ I wonder." in text


def test_what_another_part_was_told_is_not_shown_as_the_answer(session):
    """A judge's words come before an answer that cannot be read."""

    async def asks_aside(session):
        request = Request((Message("user", "?"),))
        await session.part("aside").generate(request)
        return await session.check(await session.generate(request))

    text = told(session(asks_aside, "VERDICT: WRONG", "I wonder.").trace)
    assert "│ I wonder." in text
    assert "VERDICT" not in text
