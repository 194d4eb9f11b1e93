"""Writes the verified answers of a store as training data, and says what was left out and why."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line
from soundly.store import Store, default_location
from soundly.training.outcome_file import Written, write_chats
from soundly.training.outcomes import verified_examples


def write_outcomes(out: Path, *, location: str | None) -> Exit:
    """Write the file; no example is no failure, and the reasons say why."""
    with Store.open(location or default_location(os.environ), create=False) as store:
        written = write_chats(verified_examples(store), out)
    _show(written)
    return Exit.OK


def _show(written: Written) -> None:
    console = open_console()
    count = f"{plural(written.examples, 'example')}, SHA-256 {written.sha256[:16]}"
    console.print(Text(f"{one_line(str(written.path))}: {count}"), soft_wrap=True)
    for kind, unverified in (("kept back", False), ("not verified", True)):
        reasons = Counter(e.reason for e in written.left_out if e.unverified is unverified)
        for reason, times in reasons.most_common():
            style = "bad" if unverified else "quiet"
            console.print(Text(f"{kind}, {times}: {one_line(reason)}", style), soft_wrap=True)
