"""Exports a run, and says what was written."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from soundly.bench.export.write import Form, export_run
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line


def run_export(run: Path, *, to: Form, out: Path) -> Exit:
    """Write the files, and count them."""
    written = export_run(run, to, out)
    console = open_console()
    said = f"{plural(len(written), 'file')} in {one_line(str(out))}"
    console.print(Text(said), soft_wrap=True)
    return Exit.OK
