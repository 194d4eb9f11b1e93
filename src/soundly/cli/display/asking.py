"""Who is asked, before there is an answer, and how fast the answers come."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from soundly.cli.amounts import duration, plural
from soundly.cli.display.console import open_console
from soundly.cli.visible import one_line

SECONDS_BETWEEN_LINES: Final = 10.0
"""How often a line says how far it is."""


class AskingLines:
    """Plain lines for standard error: a model on a slow machine takes minutes for one answer."""

    def __init__(
        self,
        console: Console,
        *,
        model: str | None,
        strategy: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console
        self._clock = clock
        self._began = self._told = clock()
        self._answers = 0
        if model is not None:
            self._say(asking(model, strategy))

    def answered(self) -> None:
        """Count an answer, and say how many there are where nothing was said for a while."""
        self._answers += 1
        now = self._clock()
        if now - self._told >= SECONDS_BETWEEN_LINES:
            self._told = now
            each = duration((now - self._began) / self._answers)
            self._say(f"{plural(self._answers, 'answer')} so far, {each} each")

    def _say(self, line: str) -> None:
        self._console.print(Text(f"soundly: {line}"), soft_wrap=True)


def asking(model: str, strategy: str) -> str:
    """That the model is asked, and has not answered yet."""
    return f"asking {one_line(model)} under {one_line(strategy)}; no answer yet"


def asking_lines(model: str | None, strategy: str) -> AskingLines:
    """The lines of a search or a map, on standard error."""
    return AskingLines(open_console(sys.stderr), model=model, strategy=strategy)


def say_interrupted(kept_in: Path | None) -> None:
    """One line on standard error; where answers are kept, how to go on from them."""
    more = "" if kept_in is None else f"; the same command goes on from {one_line(str(kept_in))}"
    print(f"soundly: interrupted{more}", file=sys.stderr)
