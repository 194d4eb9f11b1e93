"""How samples voted, and why no more were drawn."""

from __future__ import annotations

from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.steps import answer_lines
from soundly.cli.visible import one_line
from soundly.core.voting import Ballot, SamplingStopped, Voted

_MOST_BALLOTS = 6
_WIDEST = 48


def vote_count(event: Voted) -> Text:
    """The answers with their votes, the winner first and marked; one a line."""
    lines = [(_votes(ballot, event.weighting), _answer(ballot)) for ballot in event.ballots]
    hidden = lines[_MOST_BALLOTS:]
    if hidden:
        votes = sum(ballot.count for ballot in event.ballots[_MOST_BALLOTS:])
        more = Text(f"… for {plural(len(hidden), 'more answer')}", "quiet")
        lines[_MOST_BALLOTS:] = [(plural(votes, "vote"), more)]
    if event.unreadable:
        lines.append((plural(event.unreadable, "sample"), Text("no answer read, no vote", "quiet")))
    if event.confidence is not None:
        said = Text("sure that the first stays ahead of the second", "quiet")
        lines.append((f"{event.confidence:.1%}", said))
    width = max((len(label) for label, _ in lines), default=0)
    shown = Text(no_wrap=True, overflow="ellipsis")
    for place, (label, said) in enumerate(lines):
        won = place == 0 and bool(event.ballots)
        shown.append("▸ " if won else "  ", "stage")
        shown.append(f"{label:>{width}} ", "label")
        shown.append_text(said).append("\n" if place < len(lines) - 1 else "")
    return shown


def sampling_stopped(event: SamplingStopped) -> Text:
    """``■ stops after 16 samples, 1 answer: the next has a chance of 0.0196, below 0.02``."""
    drawn, distinct = plural(event.drawn, "sample"), plural(event.distinct, "answer")
    return Text.assemble(
        ("■ ", "stage"),
        f"stops after {drawn}, {distinct}",
        (f": the next has a chance of {event.chance:.3g}", "quiet"),
        (f", below {event.threshold:g}", "quiet"),
    )


def _votes(ballot: Ballot, weighting: str) -> str:
    votes = plural(ballot.count, "vote")
    return votes if weighting == "count" else f"{votes}, weight {ballot.weight:.3g}"


def _answer(ballot: Ballot) -> Text:
    """Beginning and end, since long answers often begin alike."""
    if ballot.canonical is None:
        return Text("(there is no solution)", "spent")
    text = one_line(" ".join(answer_lines(ballot.canonical)))
    half = _WIDEST // 2
    return Text(text if len(text) <= _WIDEST else f"{text[:half]} … {text[-half:]}", "step")
