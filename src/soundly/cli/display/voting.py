"""How samples voted, and why no more were drawn."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.steps import answer_lines
from soundly.cli.visible import one_line
from soundly.core.voting import Ballot, SamplingStopped, Voted

_MOST_BALLOTS = 6
_WIDEST = 60


def vote_count(event: Voted) -> Table:
    """The answers with their votes, the winner first and marked."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=2, justify="right")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="ellipsis", no_wrap=True)
    for place, ballot in enumerate(event.ballots[:_MOST_BALLOTS]):
        mark = Text("▸", "stage") if place == 0 else Text()
        table.add_row(mark, Text(_votes(ballot, event.weighting), "label"), _answer(ballot))
    hidden = event.ballots[_MOST_BALLOTS:]
    if hidden:
        more = f"… for {plural(len(hidden), 'more answer')}"
        table.add_row(
            "", plural(sum(ballot.count for ballot in hidden), "vote"), Text(more, "quiet")
        )
    if event.unreadable:
        table.add_row(
            "", plural(event.unreadable, "sample"), Text("no answer read, no vote", "quiet")
        )
    if event.confidence is not None:
        table.add_row(
            "",
            f"{event.confidence:.1%}",
            Text("sure that the first stays ahead of the second", "quiet"),
        )
    return table


def sampling_stopped(event: SamplingStopped) -> Text:
    """``■ stops after 12 samples: another is accepted with a chance of 1.8%, below 2%``."""
    said = f"stops after {plural(event.drawn, 'sample')} with {plural(event.distinct, 'answer')}"
    return Text.assemble(
        ("■ ", "stage"),
        said,
        (f": another is accepted with a chance of {event.chance:.2g}", "quiet"),
        (f", below {event.threshold:g}", "quiet"),
    )


def _votes(ballot: Ballot, weighting: str) -> str:
    votes = plural(ballot.count, "vote")
    return votes if weighting == "count" else f"{votes}, weight {ballot.weight:.3g}"


def _answer(ballot: Ballot) -> Text:
    if ballot.canonical is None:
        return Text("(there is no solution)", "spent")
    text = one_line(" ".join(answer_lines(ballot.canonical)))
    return Text(text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…", "step")
