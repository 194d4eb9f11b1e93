"""Runs a suite as a process of its own, to be killed or to be one of several.

Arguments: the suite, the run's folder, the store's address.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import anyio

from soundly.bench.runs.running import run_suite
from soundly.bench.suites.file import read_suite

suite, folder, store = sys.argv[1:]
run = partial(
    run_suite, read_suite(Path(suite)), Path(folder), store=store, resume=True, concurrency=4
)
end = anyio.run(run)
sys.stdout.write(f"{end.progress.done - end.progress.earlier} {end.progress.done}\n")
