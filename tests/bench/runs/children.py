"""Runs a suite as a process of its own, to be killed or to be one of several.

Arguments: the suite, the run's folder, the store's address, and a limit on calls, if there is one.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import anyio

from soundly.bench.runs.running import run_suite
from soundly.bench.suites.file import read_suite
from soundly.core.spend import Budget

suite, folder, store, *limits = sys.argv[1:]
run = partial(
    run_suite,
    read_suite(Path(suite)),
    Path(folder),
    store=store,
    resume=True,
    concurrency=4,
    budget=Budget(calls=int(limits[0])) if limits else None,
)
end = anyio.run(run)
done = end.progress.done - end.progress.earlier
sys.stdout.write(f"{done} {end.progress.done} {end.stopped}\n")
