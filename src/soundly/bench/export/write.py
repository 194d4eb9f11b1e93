"""Writes a run in the form of another tool."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeAlias

from soundly.bench.export.huggingface import write_huggingface
from soundly.bench.export.lm_eval import write_lm_eval
from soundly.bench.export.samples import samples
from soundly.bench.report.labels import labelled
from soundly.bench.runs.folder import read_run
from soundly.core.errors import UsageError
from soundly.store import Store

Form: TypeAlias = Literal["inspect", "huggingface", "lm-eval"]


def export_run(folder: Path, form: Form, out: Path) -> list[Path]:
    """Write the sessions of a run's folder; returns the files.

    They are counted as in the run's report: its certificates label what came without a label.

    Raises:
        UsageError: the folder is no run, or has no results yet; its store is gone; Inspect is not
            installed; or the folder of the files cannot be made.
        StoreError: the store lacks a session of the run, or a file cannot be written.
    """
    run = read_run(folder)
    run = replace(run, results=labelled(run.results))
    with Store.open(run.store, create=False) as store:
        found = samples(run, store)
        match form:
            case "huggingface":
                return write_huggingface(run, found, out)
            case "lm-eval":
                return write_lm_eval(run, found, out)
            case "inspect":
                try:
                    from soundly.bench.export.inspect_logs import (  # noqa: PLC0415 - an extra
                        write_inspect,
                    )
                except ImportError as error:
                    raise UsageError(
                        "inspect-ai is not installed: pip install 'soundly[inspect]'"
                    ) from error
                return write_inspect(run, found, out)
