"""A map of how rugged success is, on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from soundly.bench.boundary.fractal_map import SizeMap
from soundly.cli.amounts import bill, plural
from soundly.cli.display.broken import first_reason
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.visible import one_line
from soundly.core.spend import Spend
from soundly.statistics.bootstrap import Estimate


def show_map(
    maps: Sequence[SizeMap],
    name: str,
    spent: Spend,
    *,
    reasons: Mapping[str, int],
    partial: str | None = None,
) -> None:
    """The table of all sizes, why what broke did, and the bill; ``partial``: why it ended early."""
    console = open_console()
    console.print(Text(one_line(name), "bold"))
    if partial is not None:
        console.print(Text(partial, "spent"))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="label")
    for title in ("size", "right", "local", "strangers", "share"):
        table.add_column(title, justify="right", no_wrap=True)
    for each in maps:
        right, found = each.tally.accuracy, each.ruggedness
        parts = () if found is None else (found.local, found.strangers, found.share)
        numbers = [_numbers(part) for part in parts] or ["-"] * 3
        table.add_row(str(each.size), f"{right.count}/{right.of}", *numbers)
    console.print(fitting(console, table))
    if any(each.ruggedness is None for each in maps):
        console.print(Text("-: fewer than two instances with a neighbour were answered", "spent"))
    broken = sum(each.tally.broken for each in maps)
    if left_out := sum(each.left_out for each in maps):
        console.print(Text(f"{plural(left_out, 'instance')} left out; {broken} broke", "spent"))
    if reasons:
        console.print(Text(first_reason(reasons), "spent"), soft_wrap=True)
    answers = sum(each.tally.settled + each.tally.broken for each in maps)
    console.print(Text(f"{plural(answers, 'answer')} · {bill(spent)}", "quiet"))


def _numbers(estimate: Estimate) -> str:
    if estimate.value is None:
        return "-"
    value, low, high = map(_number, (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low} to {high})"


def _number(value: float) -> str:
    """Two places, and no sign before a zero."""
    return f"{round(value, 2) + 0.0:.2f}".replace("inf", "∞")
