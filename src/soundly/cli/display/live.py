"""The sink that shows a session while it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from soundly.cli.amounts import bill
from soundly.cli.display.story import Story
from soundly.core.events import TraceRecord


class LiveDisplay:
    """Prints the story as it grows; on a terminal, with a line that says who is at work.

    ``seen`` is that of `Story`. A reader who goes away (a closed pipe) ends the display and nothing
    else: the session goes on.
    """

    def __init__(
        self,
        console: Console,
        *,
        clock: Callable[[], float] = time.monotonic,
        seen: bool = False,
    ) -> None:
        self.story = Story(seen=seen)
        self.console = console
        self._status = _StatusLine(self.story, clock)
        self._live = Live(
            self._status,
            console=console,
            refresh_per_second=10,
            transient=True,
            auto_refresh=console.is_terminal,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Self:
        if self.console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.console.is_terminal:
            self._live.stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Holds the moving line still, so that a person can type."""
        moving = self._live.is_started
        if moving:
            self._live.stop()
        try:
            yield
        finally:
            if moving:
                self._live.start()

    def write(self, session_id: str, record: TraceRecord) -> None:  # noqa: ARG002 - a `Sink`
        """Print what the record adds."""
        for renderable in self.story.take(record):
            self.console.print(renderable)


class _StatusLine:
    """The moving line under the story: a spinner, who is at work, and the bill so far."""

    def __init__(self, story: Story, clock: Callable[[], float]) -> None:
        self._story = story
        self._clock = clock
        self._start = clock()
        self._spinner = Spinner("dots", style="stage")

    def __rich_console__(self, _: Console, __: ConsoleOptions) -> RenderResult:
        working = self._story.working
        if working is None:
            return
        account = self._story.account
        spent = replace(account.spent + account.held, seconds=self._clock() - self._start)
        text = Text(working, no_wrap=True, overflow="ellipsis")
        text.append(f"  {bill(spent, unpriced_calls=account.unpriced_calls)}", "quiet")
        self._spinner.update(text=text)
        yield self._spinner
