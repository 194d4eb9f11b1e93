"""The line from general to special on the screen, as JSON, and as a picture."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from soundly.charts.files import require_drawing, require_form, write_picture
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.display.routing import cost
from soundly.cli.exits import Exit
from soundly.cli.spans import parse_span
from soundly.cli.visible import one_line
from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.codec import to_json
from soundly.core.errors import UsageError
from soundly.core.routing import Unit
from soundly.routing.line import Line, Station, line
from soundly.store import Store, default_location

_UNITS: tuple[Unit, ...] = ("dollars", "tokens", "seconds")


def show_frontier(
    family: str,
    *,
    sizes: str | None,
    prefer: Unit | None,
    as_json: bool,
    out: Path | None,
    location: str | None,
) -> Exit:
    """Print the line of a family, and draw it where a file is named."""
    make_family(family)
    span = None if sizes is None else parse_span(sizes)
    if out is not None:
        require_form(out)
        require_drawing()
    with Store.open(location or default_location(os.environ), create=False) as store:
        sessions = store.sessions(limit=None, family=family)
    found = line(family, sessions, solvers=registry.names("solvers"), unit=prefer, sizes=span)
    if not found.stations:
        of = f" of size {sizes}" if sizes else ""
        raise UsageError(
            f"the store holds no session of family {family}{of}: "
            f"soundly solve --family {family} --size … makes one"
        )
    if as_json:
        print(json.dumps(_document(found)))
    else:
        _print(found)
    if out is not None:
        _draw(found, out, quietly=as_json)
    return Exit.OK


def _draw(found: Line, out: Path, *, quietly: bool) -> None:
    from soundly.bench.frontier import frontier_picture  # noqa: PLC0415 - loads altair

    picture = frontier_picture(found)
    if picture is None:
        raise UsageError(f"nothing to draw: no cost in {found.unit} is known")
    path = write_picture(picture, out)
    if not quietly:
        open_console().print(f"drawn        {one_line(str(path))}", soft_wrap=True)


def _print(found: Line) -> None:
    console = open_console()
    sessions = sum(each.coverage.of for each in found.stations)
    console.print(
        Text.assemble(
            (one_line(found.family), "bold"),
            (f"  sizes {found.sizes} · {plural(sessions, 'session')} that ended", "quiet"),
        )
    )
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="label")
    table.add_column("")
    table.add_column("from general to special", overflow="fold")
    for name in ("covered", "95%", "cost", "tokens", "time"):
        table.add_column(name, justify="right", no_wrap=True)
    kind = None
    for each in found.stations:
        if each.kind is not kind:
            kind = each.kind
            table.add_row("", Text(kind.value, "stage"))
        table.add_row(*_row(each))
    console.print(fitting(console, table))
    for said in _remarks(found):
        console.print(Text(said, "quiet"))


def _row(each: Station) -> list[str | Text]:
    name = f"{each.model} · {each.strategy}" if each.model else each.strategy
    low, high = each.interval
    return [
        Text("●" if each.on_front else " ", "good"),
        one_line(name),
        f"{each.coverage.count}/{each.coverage.of}",
        f"{low:.1%} to {high:.1%}" if each.coverage.of else "-",
        *(cost(each.in_unit(unit), unit) for unit in _UNITS),
    ]


def _remarks(found: Line) -> list[str]:
    said = [
        f"costs are for one that is covered; ● nothing covers as much for less {found.unit}",
        f"judged by critics that are {_worth(found)}; covered is what was certified or proved",
    ]
    if without_end := sum(each.without_end for each in found.stations):
        said.append(f"left out: {plural(without_end, 'session')} without an end, or broken")
    return said


def _worth(found: Line) -> str:
    """The guarantees of the stations, each once."""
    worths = dict.fromkeys(each.guarantee for each in found.stations)
    return " or ".join(" and ".join(words) or "advice only" for words in worths)


def _document(found: Line) -> dict[str, Any]:
    return {
        "family": found.family,
        "sizes": found.sizes,
        "unit": found.unit,
        "stations": [_station(each) for each in found.stations],
    }


def _station(each: Station) -> dict[str, Any]:
    low, high = each.interval
    return {
        "kind": each.kind.value,
        "model": each.model,
        "strategy": each.strategy,
        "sizes": each.sizes,
        "sessions": each.coverage.of,
        "covered": each.coverage.count,
        "at_least": low,
        "at_most": high,
        "cost": to_json(each.cost),
        "without_end": each.without_end,
        "guarantee": list(each.guarantee),
        "on_front": each.on_front,
    }
