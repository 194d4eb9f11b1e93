"""Writing down what a model answers, so that `Recorded` can replay it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from soundly.core.codec import to_json
from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import StoreError
from soundly.core.notation import notation_read_by
from soundly.core.spend import Quote
from soundly.generators.request_digest import request_sha256


class Recording:
    """Passes every call on, and appends each completion to a JSON Lines file before returning it.

    A line is ``{"request_sha256": …, "request": {…}, "completion": {…}}``, written in one piece.
    A process that is killed leaves at most one torn line at the end, which `Recorded` leaves out
    and the next recording to the file cuts off. Failed calls are not recorded. One process at a
    time writes to a file.

    Raises:
        StoreError: the file cannot be written.
    """

    def __init__(self, generator: Generator, path: Path | str) -> None:
        self._generator = generator
        self._path = Path(path)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _cut_torn_line(self._path)
        except OSError as error:
            raise StoreError(f"cannot record to {self._path}: {error}") from error

    @property
    def name(self) -> str:
        """The wrapped generator's name."""
        return self._generator.name

    @property
    def notation(self) -> str | None:
        """The one notation that the wrapped generator reads, or None."""
        return notation_read_by(self._generator)

    def quote(self, request: Request) -> Quote:
        """The wrapped generator's quote."""
        return self._generator.quote(request)

    async def complete(self, request: Request) -> Completion:
        """The wrapped generator's completion, once it is in the file."""
        completion = await self._generator.complete(request)
        line = {
            "request_sha256": request_sha256(request),
            "request": to_json(request),
            "completion": to_json(completion),
        }
        try:
            _append(self._path, json.dumps(line).encode() + b"\n")
        except OSError as error:
            raise StoreError(f"cannot record to {self._path}: {error}") from error
        return completion


def _append(path: Path, line: bytes) -> None:
    # Unbuffered and in append mode: one write, which a kill cannot leave in a buffer.
    with path.open("ab", buffering=0) as file:
        file.write(line)


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)
