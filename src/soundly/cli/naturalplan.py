"""What ``soundly bench import-natural-plan`` does."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from soundly.bench.naturalplan import Imported, import_natural_plan
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line
from soundly.families.naturalplan.official.trip_prompt import Windows

FAULTS_SHOWN = 40

_COLUMNS = ("answers", "valid", "match", "both", "unread", "claims")


def run_import(files: Sequence[Path], *, out: Path | None, windows: Windows, as_json: bool) -> Exit:
    """Import, show both figures, and name every fault; USAGE where there was one."""
    imported = import_natural_plan(files, windows=windows)
    if out is not None:
        imported.write(out)
    if as_json:
        print(json.dumps(imported.document()))
    else:
        _show(imported)
    for fault in imported.skipped[:FAULTS_SHOWN]:
        print(f"soundly: {one_line(str(fault))}", file=sys.stderr)
    if len(imported.skipped) > FAULTS_SHOWN:
        rest = len(imported.skipped) - FAULTS_SHOWN
        print(f"soundly: and {rest} more; see --json or --out", file=sys.stderr)
    return Exit.USAGE if imported.skipped else Exit.OK


def _show(imported: Imported) -> None:
    console = open_console()
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row("", "", *(Text(name, "label") for name in _COLUMNS))
    for row in imported.rows:
        counts = (row.answers, row.valid, row.exact_match, row.both)
        rest = (row.unreadable, row.claimed_unsolvable)
        table.add_row(row.family, one_line(row.answer_of), *map(str, (*counts, *rest)))
    for column in table.columns[2:]:
        column.justify = "right"
    console.print(table)
    console.print(Text("valid: the critic accepts it · match: right by the official rule", "quiet"))
    console.print(f"items: {len(imported.items)} · skipped: {len(imported.skipped)}")
