"""Lines as a person types them, read without a thread, so that Ctrl-C ends the waiting at once."""

from __future__ import annotations

import os

import anyio

_AT_ONCE = 4096
_LONGEST = 100_000


class TypedLines:
    """Lines from the terminal behind a file descriptor.

    The terminal hands on whole lines; several that were pasted at once are kept for the next call.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._typed = b""
        self._ended = False

    async def next(self) -> str | None:
        """The next line without its end, or None when there will be no more (Ctrl-D).

        What was typed before the input ended is a line too. Of a line of more than 100,000 bytes
        the first are given, and then the rest.
        """
        while b"\n" not in self._typed and len(self._typed) < _LONGEST and not self._ended:
            await anyio.wait_readable(self._descriptor)
            read = self._read()
            self._ended = not read
            self._typed += read
        if self._ended and not self._typed:
            return None
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode("utf-8", errors="replace").rstrip("\r")

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, _AT_ONCE)
        except OSError:
            return b""  # the terminal was closed
