"""One of something for each event loop: limiters and connections belong to the loop they met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from anyio.lowlevel import RunVar

T = TypeVar("T")


class PerLoop(Generic[T]):
    """What ``make`` returns, made once in each event loop that asks.

    So one generator serves one `anyio.run` after another, on either backend.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: RunVar[T | None] = RunVar("soundly", None)

    def get(self) -> T:
        """This loop's own; only inside an event loop."""
        made = self._made.get()
        if made is None:
            made = self._make()
            self._made.set(made)
        return made

    def take(self) -> T | None:
        """This loop's own, if there is one, kept no longer: the next `get` makes another."""
        made = self._made.get()
        self._made.set(None)
        return made
