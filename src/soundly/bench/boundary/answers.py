"""Answers as a search takes them in, and the file in which they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from soundly.core.errors import StoreError, UsageError

Said: TypeAlias = Literal["right", "wrong", "broken"]
"""``broken``: a part failed, and nothing is known of the system."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How the instance of this size and seed was answered."""

    size: int
    seed: int
    said: Said

    def __post_init__(self) -> None:
        if type(self.size) is not int or type(self.seed) is not int:
            raise ValueError(f"size and seed are whole numbers, got {self.size}, {self.seed}")
        if self.said not in get_args(Said):
            raise ValueError(f"said is {self.said!r:.40}, wanted {', '.join(get_args(Said))}")


class AnswerFile:
    """One answer a line, in the order in which they were asked for, below a line that says of whom.

    A last line without an end was being written when its program was killed: it is written anew.
    """

    def __init__(self, path: Path, system: Mapping[str, str]) -> None:
        self._path = path
        self._system = dict(system)

    @property
    def path(self) -> Path:
        """Where the answers are kept."""
        return self._path

    def read(self) -> tuple[Answer, ...]:
        """What is kept; nothing where there is no file.

        Raises `UsageError` for a file of another system, and for one that is no such file.
        """
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise UsageError(f"{self._path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{self._path}: cannot be read: {error}") from error
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            with self._refused():
                self._path.write_text(whole, encoding="utf-8")
        lines = whole.splitlines()
        if not lines:
            return ()
        self._require_own(self._parsed(1, lines[0]))
        return tuple(self._answer(number, line) for number, line in enumerate(lines[1:], start=2))

    def require_writable(self) -> None:
        """Try it before the first answer is paid for; leaves no file where there was none.

        Raises `UsageError` where nothing can be written.
        """
        with self._refused():
            new = not self._path.exists()
            self._path.open("a", encoding="utf-8").close()
            if new:
                self._path.unlink()

    def add(self, answer: Answer) -> None:
        """Append one answer; it is on disk when this returns.

        Raises `StoreError` where it cannot be written.
        """
        entry = {"size": answer.size, "seed": answer.seed, "said": answer.said}
        try:
            with self._path.open("a", encoding="utf-8") as file:
                if not file.tell():
                    file.write(json.dumps(self._system) + "\n")
                file.write(json.dumps(entry) + "\n")
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be written: {error.strerror}") from error

    @contextmanager
    def _refused(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError(
                f"{self._path}: cannot be written: {error.strerror}; name another file"
            ) from error

    def _parsed(self, number: int, line: str) -> dict[str, object]:
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{self._path}, line {number}: not JSON: {error}") from error
        if not isinstance(entry, dict):
            raise UsageError(f"{self._path}, line {number}: wanted an object, got {line:.60}")
        return entry

    def _require_own(self, found: dict[str, object]) -> None:
        for key, value in self._system.items():
            if found.get(key) != value:
                raise UsageError(
                    f"{self._path} holds answers of {key} {found.get(key)!r:.80}, "
                    f"not of {value!r}: name another file"
                )

    def _answer(self, number: int, line: str) -> Answer:
        entry = self._parsed(number, line)
        try:
            return Answer(entry["size"], entry["seed"], entry["said"])  # type: ignore[arg-type]
        except KeyError as error:
            raise UsageError(f"{self._path}, line {number}: {error} is missing") from error
        except ValueError as error:
            raise UsageError(f"{self._path}, line {number}: {error}") from error
