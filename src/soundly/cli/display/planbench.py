"""The table of an import from PlanBench."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from soundly.bench.planbench.importing import Imported
from soundly.bench.planbench.tally import Counts, Place
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.visible import one_line

_COLUMNS: Mapping[str, str] = {
    "answers": "answers",
    "accepted": "ours",
    "right": "theirs",
    "agree": "agree",
    "differ": "differ",
    "claimed": "claims",
    "unreadable": "unread",
    "skipped": "skipped",
}
"""Counts and the headings that they stand under."""

_LEGEND = (
    "ours: we accept · theirs: labelled right · agree, differ: both compared\n"
    "claims: says that there is no plan · unread: nothing could be read"
)
_NAME_WIDTH = 26
_LEAST_NAME = 8
_LEAST_WIDTH = 2 + _LEAST_NAME + sum(1 + len(heading) for heading in _COLUMNS.values())
"""On shorter lines every number has its heading beside it."""


def show(imported: Imported, out: Path) -> None:
    """Print the counts of every file of results, the classes of disagreement, what was written."""
    console = open_console()
    rows = sorted(imported.tally.rows.items(), key=lambda row: row[0])
    if rows:
        console.print(Text(_LEGEND, "quiet"))
        if console.width >= _LEAST_WIDTH:
            console.print(_line(console, Text("model", "label"), list(_COLUMNS.values()), "label"))
    for (name, task, root), group in groupby(rows, key=lambda row: _group(row[0])):
        console.print(Text(one_line(f"{name} · {task} · {root}"), "stage"))
        for place, counts in group:
            console.print(_line(console, Text(one_line(place.model)), _cells(counts)))
    console.print(_line(console, Text("all", "bold"), _cells(imported.tally.total), "bold"))
    _classes(console, imported)
    _written(console, imported, out)


def _group(place: Place) -> tuple[str, str, str]:
    return place.set, place.task, place.root


def _line(console: Console, name: Text, cells: list[str], style: str = "") -> Padding:
    """One line of the table; every line has the same widths, so that the columns stand."""
    widths = [len(heading) for heading in _COLUMNS.values()]
    room = console.width - sum(widths) - len(widths) - 2
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=max(_LEAST_NAME, min(_NAME_WIDTH, room)), overflow="fold")
    for heading, width in zip(_COLUMNS.values(), widths, strict=True):
        table.add_column(heading, width=width, justify="right", no_wrap=True)
    table.add_row(name, *(Text(cell, style) for cell in cells))
    return Padding(fitting(console, table, indent=2), (0, 0, 0, 2), expand=False)


def _cells(counts: Counts) -> list[str]:
    said = counts.document()
    return [str(said[name]) for name in _COLUMNS]


def _classes(console: Console, imported: Imported) -> None:
    classes = imported.tally.classes
    if not classes:
        return
    console.print()
    console.print(Text("why they agree or differ", "stage"))
    for name, number in sorted(classes.items(), key=lambda pair: (-pair[1], pair[0])):
        console.print(f"  {number:>7}  {name}")


def _written(console: Console, imported: Imported, out: Path) -> None:
    total = imported.tally.total
    console.print()
    console.print(
        f"judged: {total.answers - total.skipped} · skipped: {total.skipped} "
        f"· problems: {imported.problems}"
    )
    if imported.logs:
        console.print(f"not read: {len(imported.logs)} printed logs of the first year")
    console.print(
        f"written to {one_line(str(out))}: summary.json and {len(imported.files) - 1} more"
    )
