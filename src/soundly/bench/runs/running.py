"""A run from its folder: opens what it needs, runs what is left, writes what came of it."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from soundly.bench.runs.beginning import begin, selected, standing_of
from soundly.bench.runs.folder import STORE, Manifest, ResultsFile, write_results
from soundly.bench.runs.local import LocalEngine
from soundly.bench.runs.models import Models
from soundly.bench.runs.on_ray import RayEngine, require_ray
from soundly.bench.runs.plan import require_bounds
from soundly.bench.runs.progress import Progress
from soundly.bench.runs.run import RunEnd, Runner
from soundly.bench.runs.works import past_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Selection, Suite
from soundly.core.errors import UsageError
from soundly.core.spend import Budget, Spend
from soundly.kernel.seal import digest
from soundly.store import Store
from soundly.store.address import without_password
from soundly.store.claims import Claims
from soundly.store.ledger import Ledger

EngineName: TypeAlias = Literal["local", "ray"]


async def run_suite(
    suite: Suite,
    folder: Path,
    *,
    selection: Selection | None = None,
    store: str | None = None,
    resume: bool = False,
    retry_broken: bool = False,
    budget: Budget | None = None,
    engine: EngineName = "local",
    concurrency: int = 16,
    watch: Callable[[Progress], None] = lambda _: None,
) -> RunEnd:
    """Run every selected cell of the suite once, and leave what came of it in the folder.

    ``store`` is a path or URL; None is a store in the folder. ``budget`` limits all that these
    cells cost, whichever processes run the same selection on this store, but for its seconds, which
    are this process's. Raises `UsageError` for what cannot be run, before anything is spent.
    """
    limits = budget or Budget()
    part = selection or Selection()
    cells = selected(suite, part)
    async with Models(suite.prices) as models:
        identities = models.open_all(cells)
        models.require_prices(cells, dollars=limits.dollars)
        if engine == "ray":
            require_ray(cells, models, server=_server(store))
        bounds = require_bounds(cells, models, limits)
        manifest = Manifest(
            suite=suite,
            cells=len(cells),
            selection=part,
            store=None if store is None else without_password(store),
            models=identities,
        )
        begin(folder, manifest, resume=resume)
        with (
            Store.open(store or folder / STORE, max_wait_seconds=30) as opened,
            _claimed(folder, opened) as claims,
        ):
            ledger = _ledger(cells, limits, opened, claims)
            standing = standing_of(folder, cells, opened, retry_broken=retry_broken)
            write_results(folder, standing.results)
            with ResultsFile(folder) as results:
                runner = Runner(
                    standing,
                    store=opened,
                    claims=claims,
                    results=results,
                    budget=limits,
                    ledger=ledger,
                    bounds=bounds,
                    concurrency=concurrency,
                    watch=watch,
                )
                if engine == "local":
                    return await runner.run(partial(LocalEngine, models, opened))
                on_ray = partial(RayEngine, prices=suite.prices, server=_server(store))
                return await runner.run(partial(on_ray, models, opened, concurrency=concurrency))


def _ledger(cells: Sequence[Cell], budget: Budget, store: Store, claims: Claims) -> Ledger | None:
    """The ledger of all who run these cells on this store; None where nothing is limited."""
    if (budget.calls, budget.tokens, budget.dollars) == (None, None, None):
        return None
    ledger = store.ledger(digest(sorted(cell.id for cell in cells)), claims)
    ledger.begin(lambda: sum((past.spent for past in past_of(store, cells)), Spend()))
    return ledger


@contextmanager
def _claimed(folder: Path, store: Store) -> Iterator[Claims]:
    """Claims among all that use the store, the folder's own first: two would mix their results."""
    claims = store.claims()
    place = f"{socket.gethostname()}:{folder.absolute()}"
    if not claims.take([hashlib.sha256(place.encode()).hexdigest()]):
        raise UsageError(f"another process runs {folder}: wait for it, or name another folder")
    try:
        yield claims
    finally:
        claims.release()


def _server(store: str | None) -> str | None:
    """The store's URL where every machine reaches it."""
    return store if store is not None and store.startswith("postgres") else None
