"""The console that everything human goes through."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from rich.console import Console
from rich.theme import Theme

_OUTCOMES = {"good": "green", "proved": "magenta", "bad": "red", "spent": "yellow"}

THEME = Theme(
    {
        "quiet": "dim",
        "label": "dim",
        "stage": "bold cyan",
        "hint": "italic dim",
        "step": "default",
        **{name: f"bold {colour}" for name, colour in _OUTCOMES.items()},
        **{f"{name}.headline": f"bold reverse {colour}" for name, colour in _OUTCOMES.items()},
    }
)


class _Terminal(Console):
    """A console that falls silent when its reader goes away; rich's own would end the process."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def open_console(stream: TextIO | None = None) -> Console:
    """A console on standard output, or on another stream.

    Without a terminal it writes plain text, 80 columns wide unless COLUMNS says otherwise, and
    NO_COLOR is honoured. Nothing is highlighted by guessing and no markup is read: what it shows
    was written by others. When the reader of standard output goes away, it says nothing more and
    the work goes on.
    """
    return _Terminal(file=stream, theme=THEME, highlight=False, markup=False, emoji=False)
