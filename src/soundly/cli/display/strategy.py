"""What a strategy says of its own course, a line or two each."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.advice import advice_compared
from soundly.cli.display.attempt import critique_lines, verdict_line
from soundly.cli.display.routing import route_chosen
from soundly.cli.display.searching import steps_proposed
from soundly.cli.display.solvers import repaired, translation_checked
from soundly.cli.display.voting import sampling_stopped, vote_count
from soundly.cli.visible import one_line
from soundly.core.advice import AdviceCompared
from soundly.core.continuing import Repaired
from soundly.core.events import (
    FeedbackGiven,
    LoopStopped,
    SoftlyJudged,
    StrategyEvent,
)
from soundly.core.formalism import TranslationChecked
from soundly.core.routing import RouteChosen
from soundly.core.searching import StepsProposed
from soundly.core.voting import SamplingStopped, Voted

_ENDS_ANYHOW = ("accepted", "rounds")
_STOPPED = {
    "repeated": "the answer is one that was given before",
    "read": "the answer can be read now",
}


def strategy_event(  # noqa: PLR0911 - one return a case
    event: StrategyEvent | SoftlyJudged,
) -> list[RenderableType]:
    """What the event adds to the screen; nothing where it goes without saying.

    That is: the critiques of the session's critic shown back as they are, and a loop that ends with
    an acceptance or its last round.
    """
    match event:
        case SoftlyJudged():
            said = verdict_line(event.decision, event.critic)
            said.append(", as advice", "quiet")
            return [Group(said, *critique_lines(event.critiques))]
        case FeedbackGiven():
            plain = event.level == "constructive" and event.controller == "concatenate"
            return [] if plain and event.critics == ("critic",) else [_feedback(event)]
        case LoopStopped():
            return [] if event.reason in _ENDS_ANYHOW else [_stopped(event)]
        case Voted():
            return [vote_count(event)]
        case SamplingStopped():
            return [sampling_stopped(event)]
        case AdviceCompared():
            return [advice_compared(event)]
        case Repaired():
            return [repaired(event)]
        case TranslationChecked():
            return [translation_checked(event)]
        case StepsProposed():
            return [steps_proposed(event)]
        case RouteChosen():
            return [route_chosen(event)]


def _feedback(event: FeedbackGiven) -> Text:
    critics = ", ".join(map(one_line, event.critics)) or "nobody"
    return Text.assemble(
        ("↻ ", "stage"),
        f"feedback: {one_line(event.level)}, {one_line(event.controller)}",
        (f" · {plural(event.shown, 'critique')} of {critics}", "quiet"),
    )


def _stopped(event: LoopStopped) -> Text:
    reason = _STOPPED.get(event.reason, one_line(event.reason))
    rounds = plural(event.rounds, "round")
    return Text.assemble(("■ ", "stage"), f"stops after {rounds}", (f": {reason}", "quiet"))
