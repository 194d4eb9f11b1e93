"""A boundary on the screen: the table while it is searched, and what is known in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.finding import Finding, SizeFinding
from soundly.cli.amounts import bill, plural
from soundly.cli.display.asking import asking
from soundly.cli.display.broken import first_reason
from soundly.cli.display.fitting import fitting
from soundly.cli.visible import one_line
from soundly.core.spend import Spend

_BAR = 20
_UNSETTLED = {
    "answers": "so many answers were asked for as may be",
    "budget": "the budget is spent",
    "broken": "one instance after the other broke",
    "interrupted": "interrupted",
}


class BoundaryDisplay:
    """On a terminal a table that grows with each answer; elsewhere the table of the end alone."""

    def __init__(
        self, console: Console, system: Mapping[str, str], aim: Aim, sizes: Sequence[int]
    ) -> None:
        self._console = console
        name = " · ".join(filter(None, (system["family"], system["model"], system["strategy"])))
        searched = f"sizes {sizes[0]}-{sizes[-1]}, right at least {aim.probability:.4g} of the time"
        self._title = Text.assemble(
            (one_line(name), "bold"), (f"\n{searched}, confidence {aim.confidence:.4g}", "quiet")
        )
        self._asked = asking(system["model"], system["strategy"]) if system["model"] else ""
        self._live = Live(console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
            self._live.update(Group(self._title, Text(self._asked, "quiet")))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def show(self, finding: Finding) -> None:
        """What is found so far."""
        if self._live.is_started:
            so_far = Text(f"{plural(finding.answers, 'answer')} so far", "quiet")
            table = fitting(self._console, _table(finding))
            self._live.update(Group(self._title, table, so_far))

    def report(self, finding: Finding, spent: Spend, reasons: Mapping[str, int]) -> None:
        """The table, the boundary, what cannot be said yet, why what broke did, and the bill."""
        self._console.print(self._title)
        if finding.ending == "interrupted":
            self._console.print(Text("interrupted: this is what was found so far", "spent"))
        self._console.print(fitting(self._console, _table(finding)))
        for text, style in _said(finding):
            self._console.print(Text(text, style))
        if reasons:
            self._console.print(Text(first_reason(reasons), "spent"), soft_wrap=True)
        self._console.print(Text(f"{plural(finding.answers, 'answer')} · {bill(spent)}", "quiet"))


def _table(finding: Finding) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="label")
    for name in ("size", "right", "interval"):
        table.add_column(name, justify="right", no_wrap=True)
    for _ in range(2):  # a bar and a mark
        table.add_column("", no_wrap=True)
    for each in finding.sizes:
        if each.tally.settled or each.tally.broken:
            table.add_row(*_row(each, finding))
    return table


def _row(each: SizeFinding, finding: Finding) -> list[str | Text]:
    share = each.share
    filled = round(_BAR * share.count / share.of) if share.of else 0
    bar = Text("█" * filled + "░" * (_BAR - filled) if share.of else "")
    broken = f"{each.tally.broken} broke" if each.tally.broken else ""
    interval = f"{each.low:.0%} to {each.high:.0%}" if share.of else "-"
    mark = _mark(each.size, finding)
    return [
        str(each.size),
        f"{share.count}/{share.of}",
        interval,
        bar,
        Text.assemble(mark, (f"  {broken}" if broken else "", "spent")),
    ]


def _mark(size: int, finding: Finding) -> tuple[str, str]:
    if finding.at_least is not None and size <= finding.at_least:
        return "✔", "good"
    if finding.below is not None and size >= finding.below:
        return "✘", "bad"
    return "?", "quiet"


def _said(finding: Finding) -> list[tuple[str, str]]:
    aim, first = finding.aim, finding.sizes[0].size
    said: list[tuple[str, str]] = []
    if finding.contradicted:
        said.append(("no boundary: the answers contradict that success falls with size", "bad"))
    elif finding.at_least is not None:
        said.append(
            (
                f"right at least {aim.probability:.4g} of the time up to size {finding.at_least}",
                "good",
            )
        )
    elif finding.below == first:
        said.append(
            (f"not right {aim.probability:.4g} of the time at any size from {first} on", "bad")
        )
    if finding.below is not None and finding.below != first:
        said.append((f"less often from size {finding.below} on", "bad"))
    said += [
        (f"size {each.larger} is shown to go better than size {each.smaller}", "spent")
        for each in finding.rises
    ]
    if finding.ending in _UNSETTLED:
        said += [(text, "spent") for text in _unsaid(finding)]
    return said


def _unsaid(finding: Finding) -> list[str]:
    why = _UNSETTLED[str(finding.ending)]
    sizes = [each.size for each in finding.sizes]
    low = 0 if finding.at_least is None else sizes.index(finding.at_least) + 1
    high = len(sizes) if finding.below is None else sizes.index(finding.below)
    span = f"size {sizes[low]}" if high - low == 1 else f"sizes {sizes[low]} to {sizes[high - 1]}"
    more = (finding.more_to_hold, finding.more_to_fail)
    if None in more:
        about = "more answers than can be estimated"
    else:
        about = f"about {plural(sum(each or 0 for each in more), 'more answer')}"
    return [f"not said yet: {span}; it would take {about} ({why})"]
