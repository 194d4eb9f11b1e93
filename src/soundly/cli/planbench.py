"""What ``soundly bench import-planbench`` does."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from soundly.bench.planbench.importing import Imported, import_planbench
from soundly.bench.planbench.oddity import told
from soundly.cli.display.console import open_console
from soundly.cli.display.planbench import show
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line

ODDITIES_SHOWN = 40


def run_import(folder: Path, out: Path, *, as_json: bool) -> Exit:
    """Import, show what was found, and name every fault; USAGE where there was one."""
    imported = _import(folder, out)
    if as_json:
        print(json.dumps(imported.document()))
    else:
        show(imported, out)
    lines = told(imported.oddities)
    for line in lines[:ODDITIES_SHOWN]:
        print(f"soundly: {one_line(line)}", file=sys.stderr)
    if len(lines) > ODDITIES_SHOWN:
        rest = len(lines) - ODDITIES_SHOWN
        print(f"soundly: and {rest} more; see {out / 'oddities.jsonl'}", file=sys.stderr)
    return Exit.USAGE if imported.oddities else Exit.OK


def _import(folder: Path, out: Path) -> Imported:
    """The import, with the file that is being read shown on a terminal."""
    with ExitStack() as stack:
        if not sys.stderr.isatty():
            return import_planbench(folder, out)
        status = stack.enter_context(open_console(sys.stderr).status("reading"))
        return import_planbench(
            folder, out, on_file=lambda name: status.update(f"reading {one_line(name)}")
        )
