"""Writes the report of a bench run, and says what is in it."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from soundly.bench.report.write import write_report
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.spans import parse_span
from soundly.cli.visible import one_line

_FOLDER = "report"


def run_report(run: Path, *, out: Path | None, trained: str | None) -> Exit:
    """Draw the report, and name the page."""
    sizes = None if trained is None else parse_span(trained, name="trained")
    page, *others = write_report(run, out or run / _FOLDER, trained=sizes)
    console = open_console()
    pictures = sum(path.suffix == ".svg" for path in others)
    tables = sum(path.suffix == ".csv" for path in others)
    console.print(Text(one_line(str(page))), soft_wrap=True)
    drawn = (
        f"{plural(pictures, 'picture')} as SVG and PNG, {plural(tables, 'table')} as CSV and "
        "Parquet, all in report.md"
    )
    console.print(Text(drawn, "quiet"))
    return Exit.OK
