"""Begins a run, or goes on with one: what its folder and its store already hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from soundly.bench.runs.folder import (
    MANIFEST,
    STORE,
    Manifest,
    read_manifest,
    read_run,
    write_manifest,
)
from soundly.bench.runs.result import CellResult, result_of
from soundly.bench.runs.run import Standing
from soundly.bench.runs.works import Past, past_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.suite import Selection, Suite
from soundly.core.errors import UsageError
from soundly.core.spend import Spend
from soundly.store import Store
from soundly.store.address import without_password


def selected(suite: Suite, selection: Selection) -> tuple[Cell, ...]:
    """The cells to run; raises `UsageError` for a suite that cannot be run."""
    return selection.of(cells_of(suite))


def begin(folder: Path, manifest: Manifest, *, resume: bool) -> None:
    """Make the folder the run's own.

    A folder that holds a run goes on with it only when asked to (``resume``), and only with the
    same suite, selection, store and models. Raises `UsageError` otherwise.
    """
    if not (folder / MANIFEST).exists():
        write_manifest(folder, manifest)
        return
    if not resume:
        raise UsageError(
            f"{folder} holds a run already: go on with it by --resume, or name another"
        )
    found = read_manifest(folder)
    if found.suite != manifest.suite or found.selection != manifest.selection:
        what = "suite" if found.suite != manifest.suite else "selection"
        store = folder / STORE if found.store is None else without_password(found.store)
        raise UsageError(
            f"{folder} holds a run with another {what}; wanted the same, or another folder with "
            f"--store {store}, which runs only what is new"
        )
    began_with = None if found.store is None else without_password(found.store)
    if began_with != manifest.store:
        wanted = f"--store {began_with}" if began_with else "no --store"
        raise UsageError(f"{folder} holds a run with another store; wanted {wanted}")
    for model, identity in manifest.models.items():
        if found.models.get(model, identity) != identity:
            raise UsageError(
                f"{model} is not the model that it was when {folder} began: what it names has "
                "changed; wanted the same, or another folder and store"
            )
    if found.store != manifest.store:
        write_manifest(folder, manifest)  # an older version kept the password


def standing_of(
    folder: Path, cells: Sequence[Cell], store: Store, *, retry_broken: bool = False
) -> Standing:
    """Where the run stands, by its store.

    The folder's results are taken where they are those of the store's sessions, and computed from
    the traces where not. ``retry_broken`` leaves cells to run that broke or were refused.
    """
    known = {result.session_id: result for result in read_run(folder).results}
    left: list[Cell] = []
    results: list[CellResult] = []
    again: set[str] = set()
    past = past_of(store, cells)
    for each in past:
        result = _result(each, store, known)
        if result is None:
            left.append(each.cell)
        elif retry_broken and not result.counted:
            left.append(each.cell)
            again.add(result.session_id)
        else:
            results.append(result)
    spent = sum((each.spent for each in past), Spend())
    return Standing(left=tuple(left), results=tuple(results), spent=spent, again=frozenset(again))


def _result(past: Past, store: Store, known: dict[str, CellResult]) -> CellResult | None:
    done = past.done
    if done is None:
        return None
    found = known.get(done.session_id)
    if found is not None and found.cell == past.cell:
        return found
    return result_of(past.cell, store.trace(done.session_id))
