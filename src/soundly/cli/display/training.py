"""A training run while it happens: lines that stay, and on a terminal one that moves."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from soundly.cli.amounts import duration
from soundly.cli.display.console import open_console
from soundly.cli.display.pace import Pace
from soundly.cli.visible import one_line
from soundly.training.events import Event, Measured, Noted, Stepped

_EVERY_SECONDS = 30.0


class TrainingDisplay:
    """Shows events as they come: facts and figures as lines, steps as a bar.

    Without a terminal a step is a line, at most one every 30 seconds of its stage.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or open_console()
        self._pace = Pace()
        self._said = 0.0
        self._task: TaskID | None = None
        self._bar = Progress(
            TextColumn("{task.description}", style="stage"),
            BarColumn(bar_width=12),
            TextColumn("{task.fields[said]}", table_column=Column(no_wrap=True)),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def take(self, event: Event) -> None:
        """Show what an event adds."""
        match event:
            case Stepped():
                self._step(event)
            case Measured():
                self._line(event.stage, _measured(event))
            case Noted():
                if not self._pace.note(event):
                    self._line(event.stage, event.text)

    def ended(self, folder: Path) -> None:
        """Say how the last stage ended, where everything is, and how to look at it."""
        if self._pace.last is not None:
            self._stage_ended(self._pace.last)
        self._console.print(Text(f"trained: {one_line(str(folder))}", "good"), soft_wrap=True)
        hint = f"see how it went: soundly train report {one_line(str(folder))}"
        self._console.print(Text(hint, "hint"), soft_wrap=True)

    def _step(self, event: Stepped) -> None:
        before = self._pace.last
        begins = before is None or before.stage != event.stage
        if begins and before is not None:
            self._stage_ended(before)
        self._pace.step(event)
        if self._console.is_terminal:
            self._move(event, begins=begins)
        elif begins or event.seconds - self._said >= _EVERY_SECONDS:
            self._said = event.seconds
            self._line(event.stage, self._left() + self._state(event))

    def _move(self, event: Stepped, *, begins: bool) -> None:
        if begins and self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        said, total = self._left() + self._state(event), self._pace.planned
        if self._task is None:
            self._task = self._bar.add_task(one_line(event.stage), total=total, said=said)
        self._bar.update(self._task, completed=event.seconds, total=total, said=said)

    def _stage_ended(self, last: Stepped) -> None:
        self._line(last.stage, f"ended after {duration(last.seconds)}: {self._state(last)}")

    def _state(self, event: Stepped) -> str:
        parts = [f"step {event.step:,}", f"loss {event.loss:.3g}"]
        if event.reward is not None:
            parts.append(f"reward {event.reward:.3f}")
        if self._pace.tokens_per_second is not None:
            parts.append(f"{self._pace.tokens_per_second:,.0f} tokens/s")
        return " · ".join(parts)

    def _left(self) -> str:
        left = self._pace.seconds_left
        return f"{duration(left)} left · " if left else ""

    def _line(self, stage: str, text: str) -> None:
        line = Text.assemble((one_line(stage), "stage"), "  ", one_line(text))
        self._console.print(line, soft_wrap=True)


def _measured(event: Measured) -> str:
    size = "" if event.size is None else f", size {event.size}"
    rate = f" ({event.right / event.of:.1%})" if event.of else ""
    broken = f"; {event.broken:,} more broke a critic" if event.broken else ""
    series = f", {event.series}" if event.series else ""
    return f"{event.what}{series}{size}: {event.right:,} of {event.of:,}{rate}{broken}"
