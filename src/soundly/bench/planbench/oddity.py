"""What is wrong with an official file, and where; the rest of the files is read all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from soundly.core.errors import UsageError


class OddFieldError(UsageError):
    """A field that is missing or holds what it should not; ``field`` is its name."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"field {field!r} {message}")
        self.field = field


class ConfigError(UsageError):
    """A configuration that cannot be used; ``field`` is None where the whole file is at fault."""

    def __init__(self, message: str, field: str | None) -> None:
        super().__init__(message)
        self.field = field


def field_of(error: BaseException | None) -> str | None:
    """The field that a failure is about; None where it is about none."""
    return error.field if isinstance(error, OddFieldError | ConfigError) else None


@dataclass(frozen=True, slots=True)
class Oddity:
    """One fault of an official file.

    ``file`` is relative to the folder that was read, ``entry`` counts from 0. ``skipped`` is how
    many answers could not be used because of it; 0 where they were judged all the same.
    """

    file: str
    message: str
    entry: int | None = None
    field: str | None = None
    skipped: int = 0

    def document(self) -> dict[str, Any]:
        """As ``oddities.jsonl`` says it."""
        return {
            "file": self.file,
            "entry": self.entry,
            "field": self.field,
            "message": self.message,
            "skipped": self.skipped,
        }


def told(oddities: Iterable[Oddity]) -> list[str]:
    """A line for each fault of each file, with how often and where it was met first."""
    first: dict[tuple[str, str], Oddity] = {}
    times: dict[tuple[str, str], int] = {}
    for oddity in oddities:
        key = (oddity.file, oddity.message)
        first.setdefault(key, oddity)
        times[key] = times.get(key, 0) + 1
    return [_line(oddity, times[key]) for key, oddity in first.items()]


def _line(oddity: Oddity, times: int) -> str:
    where = "" if oddity.entry is None else f", entry {oddity.entry}"
    more = "" if times == 1 else f" (and in {times - 1} more)"
    return f"{oddity.file}{where}: {oddity.message}{more}"
