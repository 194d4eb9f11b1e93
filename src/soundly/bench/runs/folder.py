"""A run's folder: which suite it runs, where its traces are, and what came of each cell.

``run.json`` says the first two; ``results.jsonl`` has a line for each cell that is done. The store
is the truth: the lines are computed from its traces, and can be again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from soundly.bench.runs.result import CellResult
from soundly.bench.suites.suite import Selection, Suite
from soundly.core.codec import CodecError, from_json, to_json
from soundly.core.errors import StoreError, UsageError
from soundly.core.later import LATER

MANIFEST: Final = "run.json"
RESULTS: Final = "results.jsonl"
STORE: Final = "store.sqlite3"
VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run is of: the suite, the part of it that was selected, how many cells that are.

    ``store`` is a URL without its password, or a path; None is the store in the run's own folder.
    ``models`` are the identities of those that have one: what tells a file's content from another.
    ``replayed`` says that stored answers were put through sessions: seconds then say nothing of
    models.
    """

    suite: Suite
    cells: int
    selection: Selection = field(default_factory=Selection)
    store: str | None = None
    models: Mapping[str, str] = field(default_factory=dict, metadata=LATER)
    replayed: bool = field(default=False, metadata=LATER)
    version: int = VERSION

    def __post_init__(self) -> None:
        if self.version != VERSION:
            raise ValueError(f"version is {self.version}, this reads {VERSION}")
        if self.cells < 1:
            raise ValueError(f"cells is {self.cells}, wanted 1 or more")


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its folder tells it; ``results`` are in the order in which cells were done.

    ``torn`` says that the last line of results was half written and left out.
    """

    folder: Path
    manifest: Manifest
    results: tuple[CellResult, ...]
    torn: bool = False

    @property
    def suite(self) -> Suite:
        """The suite that is run."""
        return self.manifest.suite

    @property
    def store(self) -> str | Path:
        """Where the traces are."""
        return self.manifest.store or self.folder / STORE

    @property
    def finished(self) -> bool:
        """Whether every cell is done."""
        return len(self.results) == self.manifest.cells


def read_run(folder: Path) -> Run:
    """The run in a folder.

    A last line without its end, as a killed process leaves it, is left out. Raises `UsageError`,
    with file and line, for a folder that is no run and for lines that cannot be read.
    """
    path = folder / RESULTS
    manifest = read_manifest(folder)
    try:
        text = path.read_text(encoding="ascii") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    whole, newline, rest = text.rpartition("\n")
    lines = whole.split("\n") if newline else []
    results = [_result(path, number, line) for number, line in enumerate(lines, 1)]
    # a line that was copied in once more says nothing new
    distinct = {each.session_id: each for each in results}
    return Run(folder, manifest, tuple(distinct.values()), torn=bool(rest))


def read_manifest(folder: Path) -> Manifest:
    """What the folder's run is of; raises `UsageError` where it holds none that can be read."""
    path = folder / MANIFEST
    if not path.is_file():
        raise UsageError(f"{folder} is no run: it holds no {MANIFEST}")
    try:
        return from_json(Manifest, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Say what the folder's run is of; raises `UsageError` where the folder cannot be written."""
    partial = folder / f"{MANIFEST}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(to_json(manifest), indent=2) + "\n", encoding="utf-8")
        partial.replace(folder / MANIFEST)
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror or error}") from error


def write_results(folder: Path, results: Iterable[CellResult]) -> None:
    """Replace the folder's results, whole or not at all."""
    partial = folder / f"{RESULTS}.partial"
    try:
        with partial.open("w", encoding="ascii") as stream:
            stream.writelines(map(result_line, results))
        partial.replace(folder / RESULTS)
    except OSError as error:
        raise StoreError(f"cannot write to {folder}: {error.strerror or error}") from error


class ResultsFile:
    """Results as they come, appended to the folder's own; each is a whole line."""

    def __init__(self, folder: Path) -> None:
        try:
            self._stream = (folder / RESULTS).open("a", encoding="ascii")
        except OSError as error:
            raise UsageError(f"cannot write to {folder}: {error.strerror or error}") from error

    def append(self, results: Iterable[CellResult]) -> None:
        """Write a line for each; a process that is killed later does not lose them."""
        try:
            self._stream.write("".join(map(result_line, results)))
            self._stream.flush()
        except OSError as error:
            raise StoreError(f"cannot write {self._stream.name}: {error.strerror}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stream.close()


def result_line(result: CellResult) -> str:
    """A result as it stands in `RESULTS`, with its line break."""
    return json.dumps(to_json(result), separators=(",", ":")) + "\n"


def _result(path: Path, number: int, line: str) -> CellResult:
    try:
        return from_json(CellResult, json.loads(line))
    except (CodecError, ValueError) as error:
        raise UsageError(f"{path}, line {number}: {error}") from error
