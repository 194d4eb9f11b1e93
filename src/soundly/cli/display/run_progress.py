"""How far a run is: a moving line on a terminal, now and then a plain one without."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from soundly.bench.runs.progress import Progress
from soundly.cli.amounts import duration, purchase

SECONDS_BETWEEN_LINES: Final = 10.0
"""How often a line is written where there is no terminal."""


class RunDisplay:
    """Shows a run's progress until it ends; `show` may be called as often as one likes."""

    def __init__(
        self, console: Console, name: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._console = console
        self._name = name
        self._clock = clock
        self._told = clock()
        self._live = Live(console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def show(self, progress: Progress) -> None:
        """Show the progress, or on paper one line in ten seconds."""
        line = f"{self._name}  {progress_line(progress)}"
        if self._console.is_terminal:
            self._live.update(Text(line, no_wrap=True, overflow="ellipsis"))
        elif self._clock() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = self._clock()
            self._console.print(line, soft_wrap=True)


def progress_line(progress: Progress) -> str:
    """Done, how they ended, rate, spend and time left, on one line."""
    ends = " · ".join(f"{status} {count:,}" for status, count in sorted(progress.statuses.items()))
    left = progress.left_seconds
    parts = [
        f"{progress.done:,}/{progress.cells:,}",
        *([ends] if ends else []),
        f"{progress.rate:.1f} a second",
        purchase(progress.spent),
        *([f"{duration(left)} left"] if left is not None else []),
    ]
    return "  ".join(parts)
