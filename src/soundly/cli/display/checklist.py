"""The findings of a checkup, as they come."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from soundly.cli.checkup import Finding, State
from soundly.cli.display.console import open_console
from soundly.cli.visible import one_line

_MARKS = {State.OK: ("✔", "good"), State.MISSING: ("·", "quiet"), State.FAILED: ("✗", "bad")}
_NAME_WIDTH = 32


class Checklist:
    """Prints findings one by one, under a heading for each area."""

    def __init__(self) -> None:
        self._console = open_console()
        self._area = ""

    def show(self, finding: Finding) -> None:
        """Print one finding."""
        if finding.area != self._area:
            self._area = finding.area
            self._console.print(Text(finding.area, "stage"))
        line = Table.grid(padding=(0, 1))
        line.add_column(width=3, justify="right")
        line.add_column(width=_NAME_WIDTH, overflow="fold")
        line.add_column(overflow="fold")
        mark, style = _MARKS[finding.state]
        detail = Text(one_line(finding.detail), "bad" if finding.state is State.FAILED else "quiet")
        line.add_row(Text(mark, style), one_line(finding.name), detail)
        self._console.print(line)
