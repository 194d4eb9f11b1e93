"""What an audit found, as a table, and what broke below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from soundly.bench.audit.audit import Skipped
from soundly.bench.audit.tally import Breakage, Tally
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.visible import visible
from soundly.statistics.intervals import Proportion

_EXCERPT = 400


class Findings:
    """Shows an audit while it runs, and then what came of it."""

    def __init__(self) -> None:
        self._console = open_console()

    def progress(self, done: Iterable[Tally | Skipped], *, of: int) -> Iterator[Tally | Skipped]:
        """The parts as they come, with a bar and the time left on a terminal."""
        columns = (
            TextColumn("attacking"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("parts, time left"),
            TimeRemainingColumn(),
        )
        quiet = not self._console.is_terminal
        with Progress(*columns, console=self._console, transient=True, disable=quiet) as bar:
            yield from bar.track(done, total=of)

    def report(self, tallies: Sequence[Tally], skipped: Sequence[Skipped] = ()) -> None:
        """The table of rates, what was skipped, and the smallest texts that broke something."""
        if tallies:
            self._console.print(_table(tallies))
            self._console.print(Text(_summary(tallies), "quiet"))
        if skipped:
            self._console.print(Text(f"{_families(len(skipped))} skipped:", "bad"))
        for each in skipped:
            self._console.print(Text(f"  {each.family}: {each.reason}"), soft_wrap=True)
        for tally in tallies:
            for breakage in tally.breakages:
                self._broke(breakage)

    def _broke(self, breakage: Breakage) -> None:
        title = f"\n{breakage.family}, {breakage.what}, {breakage.attack}: {breakage.problem}"
        self._console.print(Text(title, "bad"))
        text = visible(breakage.text)
        more = f"\n… {plural(len(text) - _EXCERPT, 'sign')} more" if len(text) > _EXCERPT else ""
        self._console.print(Text(text[:_EXCERPT] + more))


def _table(tallies: Sequence[Tally]) -> Table:
    table = Table(box=None, header_style="stage", padding=(0, 1))
    table.add_column("family\ncritic", no_wrap=True)
    table.add_column("guarantee")
    for heading in ("answers", "false\naccepts", "false\nrejects", "un-\nknown", "raised"):
        table.add_column(heading, justify="right", no_wrap=True)
    for tally in tallies:
        total = tally.total
        worth = "\n".join(tally.guarantee) or "none"
        table.add_row(
            f"{tally.family}\n{tally.critic}",
            worth,
            f"{total.tried:,}",
            _rate(total.false_accept_rate),
            _rate(total.false_reject_rate),
            f"{total.undecided:,}",
            Text(f"{total.broken:,}", "bad" if total.broken else "quiet"),
        )
    return table


def _families(count: int) -> str:
    return "1 family" if count == 1 else f"{count} families"


def _rate(rate: Proportion) -> Text:
    if not rate.of:
        return Text("none tried", "quiet")
    _, high = rate.interval()
    return Text(f"{rate.count:,} of {rate.of:,}\n≤ {high:.2g}", "bad" if rate.count else "good")


def _summary(tallies: Sequence[Tally]) -> str:
    answers = sum(each.total.tried for each in tallies)
    distinct = sum(each.distinct for each in tallies)
    unread = sum(each.total.unread for each in tallies)
    accepts = sum(each.total.false_accepts for each in tallies)
    rejects = sum(each.total.false_rejects for each in tallies)
    return (
        f"{answers:,} answers ({distinct:,} different ones; nothing was read in {unread:,} near "
        f"misses): {plural(accepts, 'false accept')}, {plural(rejects, 'false reject')}. "
        "Below each count: the upper end of its 95% interval."
    )
