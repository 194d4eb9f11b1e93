"""Where sessions run: in this process, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from soundly.bench.runs.pool import Ended
from soundly.bench.runs.works import Work

Stored: TypeAlias = Callable[[Sequence[Ended]], None]
"""What hears of sessions that ended, once they are durable in the store."""


class Engine(Protocol):
    """Runs sessions and stores them."""

    @property
    def at_once(self) -> int:
        """How many cells one task takes at a time."""
        ...

    async def run(self, works: Sequence[Work]) -> None:
        """Run the cells to their ends; a part that breaks is in the trace and stops nothing."""
        ...

    def flush_late(self) -> None:
        """Store what has waited for long enough."""
        ...

    def flush(self) -> None:
        """Store all that waits."""
        ...
