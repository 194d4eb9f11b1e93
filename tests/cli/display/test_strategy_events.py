"""What a strategy says of its own course is on the screen, unless it goes without saying."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from soundly.cli.display.console import open_console
from soundly.cli.display.story import Story
from soundly.cli.display.strategy import strategy_event
from soundly.core.completion import Completion, Message, Request
from soundly.core.events import (
    CallHeld,
    CallSettled,
    FeedbackGiven,
    LoopStopped,
    PartStarted,
    SessionStarted,
    SoftlyJudged,
    TraceRecord,
)
from soundly.core.moment import utc_text
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.core.verdict import Critique, Decision
from soundly.testing.fake_family import PROBLEM

_MOMENT = datetime(2026, 1, 31, tzinfo=UTC)


def shown(renderables):
    stream = io.StringIO()
    console = open_console(stream)
    for renderable in renderables:
        console.print(renderable)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (FeedbackGiven(1, "p", "first", "concatenate", ("critic",), 1),
         "feedback: first, concatenate · 1 critique of critic"),
        (FeedbackGiven(1, "p", "constructive", "diversify", ("critic",), 3),
         "feedback: constructive, diversify · 3 critiques of critic"),
        (FeedbackGiven(1, "p", "constructive", "concatenate", ("critic", "taste"), 3),
         "3 critiques of critic, taste"),
        (FeedbackGiven(1, "p", "constructive", "concatenate", ("critic",), 3), ""),
        (FeedbackGiven(1, "p", "constructive", "concatenate", ("format",), 1),
         "1 critique of format"),
        (LoopStopped("p", "repeated", 3), "stops after 3 rounds: the answer is one that was given"),
        (LoopStopped("p", "read", 1), "stops after 1 round: the answer can be read now"),
        (LoopStopped("p", "rounds", 3), ""),
        (LoopStopped("p", "accepted", 3), ""),
        (SoftlyJudged("p", "taste", "x", Decision.REJECT, (Critique("ugly", "it is ugly"),)),
         "✗ rejected by taste, as advice\n  it is ugly"),
        (SoftlyJudged("p", "taste", "x", Decision.ACCEPT, ()), "✔ accepted by taste, as advice"),
    ],
)  # fmt: skip
def test_an_event_is_told_in_a_line_or_two(event, said):
    """And what is the same in every session is left out."""
    text = shown(strategy_event(event))
    assert said in text
    assert bool(said) == bool(text)


@pytest.mark.parametrize("reasoning", [0, 1200])
def test_tokens_spent_on_reasoning_are_told(reasoning):
    """They are a part of the output, and of the bill."""
    usage = Usage(10, 1500, reasoning)
    spend = Spend(1, 10, 1500, reasoning)
    asked = Request((Message("user", "x"),))
    started = SessionStarted(
        "s", PROBLEM, "single", "m", "c", ("sound",), Budget(), 0, "0", utc_text(_MOMENT)
    )
    events = [started, CallHeld(1, "p", asked, Quote(20, 2000)),
              CallSettled(1, Completion("x", "m", usage=usage), spend)]  # fmt: skip
    story = Story()
    told = [story.take(TraceRecord(n, 0.0, event)) for n, event in enumerate(events)]
    assert ("1,200 of them reasoning" in shown(told[-1])) == bool(reasoning)


def test_a_call_says_whose_it_is_where_the_last_heading_does_not():
    """Parts of one loop take turns: a summary, and then the next answer."""
    asked = Request((Message("user", "x"),))
    story = Story()
    started = SessionStarted(
        "s", PROBLEM, "refine:rounds=2", "m", "c", ("sound",), Budget(), 0, "0", utc_text(_MOMENT)
    )
    events = [started]
    for call, part in enumerate(("refine", "summary", "refine", "critic:taste"), 1):
        events += [PartStarted("summary")] if part == "summary" else []
        events += [CallHeld(call, part, asked, Quote(9, 9)), CallSettled(call, Completion("", "m"),
                   Spend(1))]  # fmt: skip
    told = [shown(story.take(TraceRecord(n, 0.0, event))) for n, event in enumerate(events)]
    lines = [line for line in told if "call" in line]
    assert [line.strip().partition(" · for ")[2] for line in lines] == [
        "", "", "refine", "critic:taste"
    ]  # fmt: skip
