"""A model that plays several parts, each by a script of its own."""

from __future__ import annotations

from collections import defaultdict

import pytest

from soundly.core.events import CallHeld, FeedbackGiven, LoopStopped, SoftlyJudged
from soundly.generators.scripted import ScriptedBy


class Cast:
    """Answers by who is asked: ``answer``, ``judge``, ``summary``, ``controller``, ``form``.

    Each part takes its replies in turn, and the last one for ever.
    """

    def __init__(self, **replies):
        self.asked = defaultdict(list)
        self._replies = {part: [text] if isinstance(text, str) else list(text)
                         for part, text in replies.items()}  # fmt: skip
        self.model = ScriptedBy(self._reply)

    def _reply(self, request):
        part = _part(request.messages[-1].content)
        self.asked[part].append(request)
        replies = self._replies[part]
        return replies[min(len(self.asked[part]), len(replies)) - 1]

    def prompts(self, part="answer"):
        """The last message of each request to a part."""
        return [request.messages[-1].content for request in self.asked[part]]


def _part(content):
    for part, mark in {
        "judge": "PROPOSED ANSWER",
        "summary": "what came of answers",
        "controller": "Critics looked at",
        "form": "Write the answer that this holds",
    }.items():
        if mark in content:
            return part
    return "answer"


@pytest.fixture
def play(run):
    """Runs a strategy with a cast; gives the outcome and the cast."""

    async def play(strategy, *, critic=None, budget=None, seed=0, **replies):
        cast = Cast(**replies)
        outcome, _ = await run(strategy, generator=cast.model, critic=critic, budget=budget,
                               seed=seed)  # fmt: skip
        return outcome, cast

    return play


def _events(outcome, kind):
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


@pytest.fixture
def feedback():
    """The feedback that a trace tells of."""
    return lambda outcome: _events(outcome, FeedbackGiven)


@pytest.fixture
def stops():
    """Where and why loops stopped."""
    return lambda outcome: [(e.part, e.reason, e.rounds) for e in _events(outcome, LoopStopped)]


@pytest.fixture
def advice():
    """What soft critics said."""
    return lambda outcome: _events(outcome, SoftlyJudged)


@pytest.fixture
def parts():
    """Under which part each call was booked."""
    return lambda outcome: [event.part for event in _events(outcome, CallHeld)]
