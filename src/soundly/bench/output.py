"""A folder of JSON Lines that is replaced whole, or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TextIO

from soundly.core.errors import StoreError, UsageError

_PARTIAL: Final = ".partial"


class Output:
    """Files in a folder, each written beside its place and moved there at the end.

    A file that stood there before stays until all new ones are written; where the work fails or
    is interrupted, it stays for good. Other files of the folder are left alone.

    Raises:
        UsageError: the folder cannot be made or written to.
        StoreError: writing failed later on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, TextIO] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f"probe{_PARTIAL}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise UsageError(f"cannot write to {folder}: {error.strerror or error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            for stream in self._open.values():
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
            if kind is None:
                for name in self._open:
                    self._partial(name).replace(self.folder / name)
        except OSError as failure:
            raise StoreError(f"cannot write to {self.folder}: {failure.strerror}") from failure
        finally:
            for name, stream in self._open.items():
                stream.close()
                self._partial(name).unlink(missing_ok=True)

    @property
    def names(self) -> list[str]:
        """The files written so far."""
        return sorted(self._open)

    def begin(self, *names: str) -> None:
        """Begin files that may stay empty."""
        for name in names:
            self._stream(name)

    def line(self, name: str, document: Mapping[str, Any]) -> None:
        """Append a line to a file."""
        self._write(name, json.dumps(document, separators=(",", ":")))

    def whole(self, name: str, document: Mapping[str, Any]) -> None:
        """Write a file that is one document, for people too."""
        self._write(name, json.dumps(document, indent=2))

    def _write(self, name: str, text: str) -> None:
        try:
            self._stream(name).write(f"{text}\n")
        except OSError as error:
            raise StoreError(f"cannot write {name}: {error.strerror or error}") from error

    def _stream(self, name: str) -> TextIO:
        if name not in self._open:
            path = self._partial(name)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._open[name] = path.open("w", encoding="ascii")
            except OSError as error:
                raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
        return self._open[name]

    def _partial(self, name: str) -> Path:
        path = self.folder / name
        return path.with_name(path.name + _PARTIAL)
