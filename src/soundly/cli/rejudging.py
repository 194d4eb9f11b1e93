"""``soundly bench rejudge`` on the screen and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from soundly.bench.planbench.rejudging import Group, Rejudged, Verdicts, rejudge
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.exits import Exit
from soundly.cli.planbench import tell_oddities, while_reading
from soundly.cli.visible import one_line
from soundly.statistics.intervals import Proportion

_HEADINGS = ("answers", "ours", "95%", "theirs", "differ")
_WIDTHS = (7, 6, 15, 6, 6)
_LEAST_NAME = 10
_LEAST_WIDTH = _LEAST_NAME + sum(1 + width for width in _WIDTHS)
"""On shorter lines every number has its heading beside it."""
_LEGEND = (
    "ours: our critic accepts, with an exact 95% interval · theirs: labelled right\n"
    "below a row: the classes of what differs"
)
_MEANINGS: Mapping[str, str] = {
    "their plan differs": "we accept the answer; the plan taken from it then is another, and wrong",
    "label asks for more": "the plan is valid; the label wants the cheapest plan and its cost too",
    "another plan counts": "of several plans ours is the last, which is wrong, theirs an earlier",
    "unreadable step kept": "a step is incomplete or withdrawn; we keep it, they did not",
    "they dropped a step": "a step cannot run; the plan taken then is without it",
    "label about another goal": "the plan misses the goal that the prompt states",
    "their facts differ": "we accept the answer; the facts taken from it then are others",
    "explanation differs": "the verdict is right; its explanation misses or adds a precondition",
    "they dropped a fact": "a fact is false or unreadable; what was taken then is without it",
    "claim in other words": "says that there is no plan, without the phrase that the label wants",
    "phrase without a claim": "holds the phrase that the label wants, and does not claim it",
    "a plan exists": "labelled as without a plan, and we accept one",
    "unexplained": "nothing that we know explains it",
}
"""What a class says, see ``docs/planbench-agreement.md``."""


def show_rejudged(folder: Path, *, by_task: bool, as_json: bool) -> Exit:
    """Judge, print the table, and name every fault; USAGE where there was one."""
    with while_reading() as on_file:
        found = rejudge(folder, by_task=by_task, on_file=on_file)
    if as_json:
        print(json.dumps(found.document()))
    else:
        _print(found)
    tell_oddities(found.oddities, rest="--json names them all")
    return Exit.USAGE if found.oddities else Exit.OK


def _print(found: Rejudged) -> None:
    console = open_console()
    console.print(Text(_LEGEND, "quiet"))
    if console.width >= _LEAST_WIDTH:
        console.print(_line(console, Text("model", "label"), list(_HEADINGS), "label"))
    rows = sorted(found.rows.items(), key=lambda row: (row[0].set, row[0].model, row[0].task or ""))
    for name, group in groupby(rows, key=lambda row: row[0].set):
        console.print(Text(one_line(name), "stage"))
        for place, verdicts in group:
            console.print(_line(console, Text(_name(place)), _cells(verdicts)))
            if said := _why(verdicts):
                console.print(Padding(Text(said, "quiet"), (0, 0, 0, 6), expand=False))
    console.print(_line(console, Text("all", "bold"), _cells(found.total), "bold"))
    _classes(console, found.total)


def _classes(console: Console, total: Verdicts) -> None:
    if not total.differences:
        return
    console.print()
    console.print(Text("why verdict and label differ", "stage"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column()
    for name, number in _by_number(total):
        table.add_row(str(number), name, Text(_MEANINGS.get(name, ""), "quiet"))
    console.print(Padding(table, (0, 0, 0, 2), expand=False))


def _name(place: Group) -> str:
    return one_line(place.model if place.task is None else f"{place.model} · {place.task}")


def _line(console: Console, name: Text, cells: list[str], style: str = "") -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    room = console.width - sum(_WIDTHS) - len(_WIDTHS) - 2
    name.pad_left(2)
    table.add_column(width=max(_LEAST_NAME, room), overflow="fold")
    for heading, width in zip(_HEADINGS, _WIDTHS, strict=True):
        table.add_column(heading, width=width, justify="right", no_wrap=True)
    table.add_row(name, *(Text(cell, style) for cell in cells))
    return fitting(console, table)


def _cells(row: Verdicts) -> list[str]:
    low, high = row.accuracy.interval()
    return [
        str(row.answers),
        _percent(row.accuracy),
        f"{low:.1%} to {high:.1%}" if row.answers else "-",
        _percent(row.label_accuracy),
        str(row.differences.total()),
    ]


def _percent(share: Proportion) -> str:
    return f"{share.count / share.of:.1%}" if share.of else "-"


def _why(row: Verdicts) -> str:
    """The classes of the differences, the most frequent first, and what could not be judged."""
    said = [f"{number} {name}" for name, number in _by_number(row)]
    return " · ".join([*said, f"{row.skipped} not judged"] if row.skipped else said)


def _by_number(row: Verdicts) -> list[tuple[str, int]]:
    return sorted(row.differences.items(), key=lambda item: (-item[1], item[0]))
