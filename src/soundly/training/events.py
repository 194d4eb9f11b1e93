"""What happens in a training run, line by line: every picture and figure is computed from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from soundly.core.errors import StoreError, UsageError

FILE = "events.jsonl"


@dataclass(frozen=True, slots=True)
class Stepped:
    """An optimiser's step in a ``stage`` such as "sft" or "grpo".

    ``loss`` is in nats a token, or the stage's own loss; ``reward`` is the mean verified reward of
    the step's samples, from 0 to 1, None where there is none. ``tokens`` and ``seconds`` count
    from the stage's beginning.
    """

    stage: str
    step: int
    loss: float
    tokens: int
    seconds: float
    learning_rate: float
    reward: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers of one kind that were judged: ``right`` of ``of``.

    ``stage`` and ``step`` say of what; ``what`` is the figure ("valid", "valid trace",
    "false accept" …), ``series`` the line in its picture (a kind of trace, a strategy, a family),
    ``size`` the instances', None where it does not matter. ``broken`` were not judged, because a
    critic broke, and are in neither count. ``tokens`` and ``seconds`` are for all answers together.
    """

    stage: str
    step: int
    what: str
    series: str
    right: int
    of: int
    size: int | None = None
    broken: int = 0
    tokens: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.right <= self.of:
            raise ValueError(f"{self.right} of {self.of} were right")


@dataclass(frozen=True, slots=True)
class Noted:
    """A fact in words: what the data are, where a run was taken up again, which device."""

    stage: str
    text: str


Event: TypeAlias = Stepped | Measured | Noted
_KINDS = {kind.__name__: kind for kind in (Stepped, Measured, Noted)}


class EventLog:
    """Appends events to a run's file, a line each, written through before it returns."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def add(self, event: Event) -> None:
        """Raises `StoreError` where the line cannot be written, as on a full disk."""
        line = json.dumps({"event": type(event).__name__} | asdict(event))
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise StoreError(f"cannot write {self._path}: {error.strerror or error}") from error


def read_events(folder: Path) -> Iterator[Event]:
    """The events of a run; a torn last line, as a kill leaves it, is passed over.

    Raises `UsageError` for a folder without events, or with a line that is none.
    """
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    for number, line in enumerate(lines[:-1], start=1):
        try:
            document = json.loads(line)
            yield _KINDS[document.pop("event")](**document)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path}, line {number}: {line!r:.60} is no event") from error
