"""What ``soundly bench import-planbench`` does."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from soundly.bench.planbench.importing import import_planbench
from soundly.bench.planbench.oddity import Oddity, told
from soundly.cli.display.console import open_console
from soundly.cli.display.planbench import show
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line

ODDITIES_SHOWN = 40


def run_import(folder: Path, out: Path, *, as_json: bool) -> Exit:
    """Import, show what was found, and name every fault; USAGE where there was one."""
    with while_reading() as on_file:
        imported = import_planbench(folder, out, on_file=on_file)
    if as_json:
        print(json.dumps(imported.document()))
    else:
        show(imported, out)
    tell_oddities(imported.oddities, rest=f"see {out / 'oddities.jsonl'}")
    return Exit.USAGE if imported.oddities else Exit.OK


def tell_oddities(oddities: Iterable[Oddity], *, rest: str) -> None:
    """Name the first faults on standard error; ``rest`` says where the others stand."""
    lines = told(oddities)
    for line in lines[:ODDITIES_SHOWN]:
        print(f"soundly: {one_line(line)}", file=sys.stderr)
    if len(lines) > ODDITIES_SHOWN:
        print(f"soundly: and {len(lines) - ODDITIES_SHOWN} more; {rest}", file=sys.stderr)


@contextmanager
def while_reading() -> Iterator[Callable[[str], None]]:
    """What is to be told each file before it is read; a terminal shows it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with open_console(sys.stderr).status("reading") as status:
        yield lambda name: status.update(f"reading {one_line(name)}")
