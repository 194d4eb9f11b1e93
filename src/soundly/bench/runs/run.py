"""Runs the cells of a suite: each once, whatever interrupts, within one budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal, TypeAlias

import anyio
import anyio.to_thread

from soundly.bench.runs.engines import Engine, Stored
from soundly.bench.runs.folder import ResultsFile
from soundly.bench.runs.pool import Ended
from soundly.bench.runs.progress import Counted, Progress
from soundly.bench.runs.result import CellResult, result_of
from soundly.bench.runs.works import Work, Works
from soundly.bench.suites.bounds import FREE, Bound
from soundly.bench.suites.cell import Cell
from soundly.core.spend import Budget, Spend
from soundly.engine.first_failure import first_failure
from soundly.store import Store
from soundly.store.claims import LEASE_SECONDS, Claims
from soundly.store.ledger import Amount, Ledger

TICK_SECONDS: Final = 0.25
"""How often progress is told, and sessions that wait are stored."""

PATIENCE: Final = 20
"""So many sessions that break from the start, with none between that does not, end the run."""

Stop: TypeAlias = Literal["budget", "seconds", "broken"]
"""Why a run ended before all cells were done."""


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended; ``stopped`` is None where every cell is done."""

    progress: Progress
    stopped: Stop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a run stands when a process begins.

    ``left`` are the cells to run, ``results`` those of the others, ``spent`` what earlier processes
    spent, sessions that were cut short with them. ``again`` are sessions that broke and whose cells
    are to be run once more.
    """

    left: tuple[Cell, ...]
    results: tuple[CellResult, ...] = ()
    spent: Spend = field(default_factory=Spend)
    again: frozenset[str] = frozenset()

    @property
    def cells(self) -> int:
        """All cells of the run."""
        return len(self.left) + len(self.results)


class Runner:
    """One process's part in a run. It renews its ``claims``; whoever made them lets them go.

    Where the budget limits more than seconds, ``ledger`` keeps all who run these cells within it,
    and ``bounds`` are what each cell can cost at most. ``watch`` is told of the progress four times
    a second.
    """

    def __init__(
        self,
        standing: Standing,
        *,
        store: Store,
        claims: Claims,
        results: ResultsFile,
        budget: Budget | None = None,
        ledger: Ledger | None = None,
        bounds: Mapping[str, Bound] | None = None,
        concurrency: int = 16,
        watch: Callable[[Progress], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._results = results
        self._budget = budget or Budget()
        self._ledger = ledger
        self._bounds = bounds or {}
        self._reserving = anyio.Lock()
        self._concurrency = concurrency
        self._watch = watch
        self._clock = clock
        self._began = clock()
        self._claims = claims
        self._left = standing.left
        self._again = standing.again
        self._spent = standing.spent
        self._counted = Counted(standing.cells)
        self._counted.add(standing.results, earlier=True)
        self._stopped: Stop | None = None

    @property
    def progress(self) -> Progress:
        """How far the run is now."""
        return self._counted.at(self._spent, self._clock() - self._began)

    async def run(self, make_engine: Callable[[Stored], Engine]) -> RunEnd:
        """Run what is left; what has ended is stored whatever happens.

        Raises `StoreError` where the store cannot be written, and `UsageError` for a cell that
        cannot be drawn.
        """
        engine = make_engine(self._stored)
        works = Works(
            self._left,
            store=self._store,
            claims=self._claims,
            at_once=max(self._concurrency, engine.at_once),
            again=self._again,
        )
        try:
            await self._run_all(engine, works)
        except ExceptionGroup as group:
            raise first_failure(group) from group
        finally:
            works.close()
            engine.flush()
            self._take_from_elsewhere(works)
        return RunEnd(self.progress, self._stopped)

    async def _run_all(self, engine: Engine, works: Works) -> None:
        with anyio.move_on_after(self._budget.seconds) as deadline:
            async with anyio.create_task_group() as ticking:
                ticking.start_soon(self._tick, engine, works)
                ticking.start_soon(works.claim)
                async with anyio.create_task_group() as working:
                    for _ in range(max(1, self._concurrency // engine.at_once)):
                        working.start_soon(self._work, engine, works)
                ticking.cancel_scope.cancel()
        if deadline.cancelled_caught:
            self._stopped = "seconds"

    async def _work(self, engine: Engine, works: Works) -> None:
        kept: Work | None = None
        while self._stopped is None:
            some: list[Work] = []
            while len(some) < engine.at_once and (work := kept or await works.next()) is not None:
                # who holds a reservation does not wait for another one: others may do the same
                kept = None if await self._reserved(work, patient=not some) else work
                if kept is not None:
                    break
                some.append(work)
                if works.dry:
                    break
            if not some:
                return
            await engine.run(some)

    async def _reserved(self, work: Work, *, patient: bool) -> bool:
        """Whether the cell's bound is set aside; False when it cannot be, or not yet."""
        if self._ledger is None:
            return True
        bound = self._bounds.get(work.cell.id, FREE)
        most = Amount(bound.calls or 0, bound.tokens or 0, bound.dollars or 0.0)
        ask = partial(self._ledger.reserve, work.session_id, most, self._budget)
        if not patient and self._reserving.locked():
            return False
        async with self._reserving:  # one asks and waits, the others behind it
            while self._stopped is None:
                match await anyio.to_thread.run_sync(ask):
                    case "granted":
                        return True
                    case "refused":
                        self._stopped = "budget"
                    case "wait" if not patient:
                        return False
                    case "wait":
                        await anyio.sleep(TICK_SECONDS / 5)
        return False

    async def _tick(self, engine: Engine, works: Works) -> None:
        renewed = self._clock()
        while True:
            await anyio.sleep(TICK_SECONDS)
            engine.flush_late()
            self._take_from_elsewhere(works)
            if self._clock() - renewed >= LEASE_SECONDS / 3:
                renewed = self._clock()
                await anyio.to_thread.run_sync(self._claims.renew)
            self._watch(self.progress)

    def _stored(self, ended: Sequence[Ended]) -> None:
        for each in ended:
            self._spent += each.spend
        self._keep([each.result for each in ended if each.result is not None])

    def _keep(self, results: Sequence[CellResult]) -> None:
        self._results.append(results)
        self._counted.add(results)
        if self._counted.nothing_works and self._counted.unusable >= PATIENCE:
            self._stopped = "broken"

    def _take_from_elsewhere(self, works: Works) -> None:
        """Results of cells that another process has done."""
        while works.done_elsewhere:
            cell, session = works.done_elsewhere.pop()
            self._keep([result_of(cell, self._store.trace(session.session_id))])
            self._spent += session.spent
