"""Runs cells on a Ray cluster: the same cells, the same sessions, the same results.

Each actor is a process with one event loop and models of its own. This process claims the cells,
hands them out in batches and stores what comes back. A paid session cannot wait for that, because
every call has to be durable before it is made: its actor writes to the store itself, which has to
be a server that all machines reach.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from itertools import cycle
from typing import Any, Final

import anyio

from soundly.bench.runs.engines import Stored
from soundly.bench.runs.local import run_session
from soundly.bench.runs.models import Models
from soundly.bench.runs.pool import Collected, ending
from soundly.bench.runs.works import Work
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Price
from soundly.core.errors import StrategyError, UsageError
from soundly.core.events import Sink, TraceRecord
from soundly.store import Store
from soundly.store.rows import from_line, to_line

BATCH: Final = 8
"""Cells that go to an actor together: few, so that none is left with the last ones alone."""

Lines = list[str]
"""A session's records, as a store keeps them: a problem's statement does not travel otherwise."""


class SessionActor:
    """What runs in each of the cluster's processes. ``server`` is a store for paid sessions."""

    def __init__(self, prices: Sequence[Price], server: str | None) -> None:
        self._models = Models(prices)
        self._store = None if server is None else Store.open(server, max_wait_seconds=30)

    async def run(self, works: Sequence[Work]) -> list[Lines]:
        """The traces of the cells' sessions, in the order of the cells."""
        traces: list[Lines] = [[] for _ in works]

        async def one(place: int, work: Work) -> None:
            collected = Collected()
            sinks: list[Sink] = [collected]
            if not self._models.is_free(work.cell):
                if self._store is None:
                    raise StrategyError(f"a session of {work.cell.model} has no store to write to")
                sinks = [self._store, collected]
            await run_session(work, self._models, sinks)
            traces[place] = [to_line(record) for record in collected.records]

        async with anyio.create_task_group() as group:
            for place, work in enumerate(works):
                group.start_soon(one, place, work)
        return traces


class RayEngine:
    """Hands batches to as many actors as ``concurrency`` keeps busy and the cluster has processors.

    ``server`` is the store's URL where it is a server, else None. Uses the cluster in
    ``RAY_ADDRESS``, or starts one on this machine.
    """

    at_once = BATCH

    def __init__(
        self,
        models: Models,
        store: Store,
        stored: Stored,
        *,
        concurrency: int = BATCH,
        prices: Sequence[Price] = (),
        server: str | None = None,
    ) -> None:
        self._models = models
        self._store = store
        self._stored = stored
        ray = _started()
        actor = ray.remote(SessionActor)
        processors = int(ray.cluster_resources().get("CPU", 1))
        actors = max(1, min(processors, concurrency // BATCH))
        self._ray = ray
        self._actors = [actor.remote(tuple(prices), server) for _ in range(actors)]
        self._next = cycle(self._actors)

    async def run(self, works: Sequence[Work]) -> None:
        """Run the cells in one actor, and store what they left."""
        asked = next(self._next).run.remote(list(works))
        try:
            lines: list[Lines] = await asked
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except BaseException:
            self._ray.cancel(asked)
            raise
        traces = [tuple(map(from_line, each)) for each in lines]
        self._keep(works, traces)

    def flush_late(self) -> None:
        """Nothing waits here."""

    def flush(self) -> None:
        """Let the actors go; what they have not handed back is run again another time."""
        for actor in self._actors:
            self._ray.kill(actor)

    def _keep(self, works: Sequence[Work], traces: Sequence[tuple[TraceRecord, ...]]) -> None:
        pairs = list(zip(works, traces, strict=True))
        self._store.add(trace for work, trace in pairs if self._models.is_free(work.cell))
        self._stored([ending(work, trace) for work, trace in pairs])


def require_ray(cells: Sequence[Cell], models: Models, *, server: str | None) -> None:
    """Raise `UsageError` where Ray is missing, or a paid model meets a store on one machine."""
    _imported()
    paid = next((cell.model for cell in cells if not models.is_free(cell)), None)
    if paid is not None and server is None:
        raise UsageError(
            f"--engine ray with {paid}, whose calls are paid for, needs a store that every machine "
            "reaches: --store postgresql://…"
        )


def _imported() -> Any:  # noqa: ANN401 - Ray's module
    # nothing goes over the network unasked
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        return import_module("ray")
    except ModuleNotFoundError as error:
        raise UsageError("Ray is not installed: pip install 'soundly[ray]'") from error


def _started() -> Any:  # noqa: ANN401 - Ray's module
    ray = _imported()
    if not ray.is_initialized():
        own = {} if os.environ.get("RAY_ADDRESS") else {"include_dashboard": False}
        ray.init(log_to_driver=False, configure_logging=False, **own)
    return ray
