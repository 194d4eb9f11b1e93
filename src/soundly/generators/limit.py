"""How many calls at once: found out as TCP finds its window, by trying more until some are lost.

Additive increase, multiplicative decrease, with a slow start. Source: V. Jacobson, "Congestion
Avoidance and Control", SIGCOMM 1988; the rule that an unused window does not grow: RFC 7661.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import Event
from anyio.lowlevel import checkpoint_if_cancelled

from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import GeneratorError
from soundly.core.notation import notation_read_by
from soundly.core.spend import Quote


class Window:
    """The number of calls that may be under way, and how it learns.

    A call is opened under a *generation*. A success grows the window by one while it has never
    shrunk (slow start: it doubles with each round trip), later by one a round trip; but only when
    the window was full, since an unused one has shown nothing. An overload shrinks it by
    ``decrease``, at most once a round trip: the calls that were under way then were sent with the
    old window, and their losses say nothing about the new one.
    """

    def __init__(
        self,
        *,
        initial: int = 8,
        minimum: int = 1,
        maximum: int = 512,
        decrease: float = 0.5,
    ) -> None:
        if not 1 <= minimum <= initial <= maximum:
            raise ValueError(
                f"wanted 1 <= minimum <= initial <= maximum, got {minimum}, {initial}, {maximum}"
            )
        if not 0 < decrease < 1:
            raise ValueError(f"decrease is {decrease}, wanted a number between 0 and 1")
        self._size = float(initial)
        self._minimum = minimum
        self._maximum = maximum
        self._decrease = decrease
        self._generation = 0
        self._slow_start = True

    @property
    def size(self) -> int:
        """How many calls may be under way."""
        return math.floor(self._size)

    @property
    def generation(self) -> int:
        """How often the window has shrunk; a call remembers it from its start."""
        return self._generation

    def succeeded(self, *, full: bool) -> None:
        """A call came back well; ``full`` says that it ran in a full window."""
        if full:
            step = 1.0 if self._slow_start else 1.0 / self._size
            self._size = min(self._size + step, float(self._maximum))

    def overloaded(self, generation: int) -> None:
        """A call that began in this generation was refused or lost."""
        if generation == self._generation:
            self._slow_start = False
            self._generation += 1
            self._size = max(self._size * self._decrease, float(self._minimum))


class AdaptiveLimit:
    """A window that calls of many sessions share; who waits is served in the order of asking.

    For one event loop. Cancelling is safe while waiting and while running, and never loses a place.
    """

    def __init__(
        self,
        *,
        initial: int = 8,
        minimum: int = 1,
        maximum: int = 512,
        decrease: float = 0.5,
    ) -> None:
        self._window = Window(initial=initial, minimum=minimum, maximum=maximum, decrease=decrease)
        self._running = 0
        self._waiting: deque[Event] = deque()

    @property
    def size(self) -> int:
        """How many calls may be under way now."""
        return self._window.size

    @property
    def running(self) -> int:
        """How many calls are under way now; above `size` for a while after it shrank."""
        return self._running

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it. What the body raises tells the window how it went.

        A retryable `GeneratorError` (a refusal, an overload, a timeout, a lost connection) is an
        overload; no exception is a success; anything else, a cancellation too, says nothing.
        """
        await self._enter()
        generation = self._window.generation
        try:
            yield
        except GeneratorError as error:
            if error.retryable:
                self._window.overloaded(generation)
            raise
        else:
            self._window.succeeded(full=self._running >= self._window.size)
        finally:
            self._running -= 1
            self._admit()

    async def _enter(self) -> None:
        await checkpoint_if_cancelled()
        if not self._waiting and self._running < self._window.size:
            self._running += 1
            return
        admitted = Event()
        self._waiting.append(admitted)
        try:
            await admitted.wait()
        except BaseException:
            if admitted.is_set():
                # Admitted and cancelled in the same moment: the place goes to the next.
                self._running -= 1
                self._admit()
            else:
                self._waiting.remove(admitted)
            raise

    def _admit(self) -> None:
        while self._waiting and self._running < self._window.size:
            self._running += 1
            self._waiting.popleft().set()


class Limited:
    """A generator whose calls go through a shared `AdaptiveLimit`."""

    def __init__(self, generator: Generator, limit: AdaptiveLimit) -> None:
        self._generator = generator
        self._limit = limit

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
        """The wrapped generator's completion, when there is room for the call."""
        async with self._limit.slot():
            return await self._generator.complete(request)
