"""Runs cells in this process's own event loop."""

from __future__ import annotations

from collections.abc import Sequence

from soundly.bench.runs.engines import Stored
from soundly.bench.runs.models import Models
from soundly.bench.runs.pool import Collected, Pool, ending
from soundly.bench.runs.works import Work
from soundly.bench.suites.asked import problem_of, strategy_of
from soundly.config.families import make_family
from soundly.core.errors import SoundlyError, StoreError
from soundly.core.events import Sink
from soundly.engine import solve
from soundly.store import Store


class LocalEngine:
    """One session at a time for each task that asks.

    A free session goes to the store with others when it has ended, a paid one while it happens.
    """

    at_once = 1

    def __init__(self, models: Models, store: Store, stored: Stored) -> None:
        self._models = models
        self._store = store
        self._stored = stored
        self._pool = Pool(store, stored)

    async def run(self, works: Sequence[Work]) -> None:
        """Run each cell to its end; a part that breaks is in the trace and stops nothing here.

        Raises `StoreError` where the store cannot be written.
        """
        for work in works:
            collected = Collected()
            free = self._models.is_free(work.cell)
            sinks: list[Sink] = [collected] if free else [self._store, collected]
            try:
                await run_session(work, self._models, sinks)
            finally:
                if free and collected.records:
                    self._pool.add(work, collected.records)
                elif collected.records:
                    self._stored([ending(work, collected.records)])

    def flush_late(self) -> None:
        """Store what has waited for long enough."""
        self._pool.flush_late()

    def flush(self) -> None:
        """Store what waits."""
        self._pool.flush()


async def run_session(work: Work, models: Models, sinks: Sequence[Sink]) -> None:
    """One session, to its end; what breaks in it is in its trace.

    Raises `UsageError` for a cell whose problem cannot be drawn, and `StoreError`.
    """
    cell = work.cell
    problem, strategy = problem_of(cell), strategy_of(cell)
    generator = models.of(cell)
    try:
        await solve(
            problem,
            family=make_family(cell.family_name),
            strategy=strategy,
            generator=generator,
            budget=cell.budget,
            seed=cell.seed,
            sinks=sinks,
            session_id=work.session_id,
        )
    except StoreError:
        raise
    except SoundlyError as error:
        if error.record is None:  # it never began, so no trace tells of it
            raise
