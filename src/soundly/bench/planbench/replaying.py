"""PlanBench's stored answers, each put through a session: a run like any other, without a call.

What the models said goes through the engine, the critic and the kernel, at the tokens and dollars
of its day, and is reported, compared and exported as what models say that are asked here.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final, TypeVar

import anyio

from soundly.bench.planbench.answers import answers_in
from soundly.bench.planbench.as_asked import AsAsked
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import OddFieldError, Oddity
from soundly.bench.planbench.records import completion_of
from soundly.bench.planbench.walk import Entry, entries_in
from soundly.bench.runs.folder import STORE, Manifest, ResultsFile, write_manifest
from soundly.bench.runs.pool import Collected, Ended, Pool
from soundly.bench.runs.works import Work
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.given import Given
from soundly.bench.suites.suite import Grid, Suite
from soundly.core.completion import Completion
from soundly.core.errors import SoundlyError, UnknownNameError, UsageError
from soundly.core.events import TraceRecord
from soundly.core.problem import Problem
from soundly.engine import solve
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.problems import task_of
from soundly.generators.scripted import Scripted
from soundly.kernel.seal import digest
from soundly.store import Store
from soundly.strategies.single import single

T = TypeVar("T")

PLANS: Final = "task_1"
"""Tasks that ask for a plan for the instance itself, in one question."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many sessions there are, and what was left out.

    ``conversations`` are entries of back-prompting: `bench rounds` is about them.
    """

    sessions: int
    conversations: int
    oddities: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    """One stored answer: the cell that it is, and what the session is about."""

    cell: Cell
    problem: Problem
    family: AsAsked
    completion: Completion


def replay_planbench(
    folder: Path,
    out: Path,
    *,
    sets: Collection[str] = (),
    models: Collection[str] = (),
    on_file: Callable[[str], None] = lambda _: None,
) -> Replayed:
    """Put the answers to plan generation through sessions, and leave a run in ``out``.

    A cell's family is the benchmark's domain, its strategy the task under which the model was
    asked, its size the number of the instance's objects. ``sets`` are the domains and ``models``
    the models that are wanted, none of them for all. The folder appears when everything is in it.
    Raises `UsageError` where the folder is no PlanBench, ``out`` exists, or a domain or a model is
    wanted that has no such answers.
    """
    layout = Layout.of(folder)
    if out.exists():
        raise UsageError(f"{out} exists already: name a folder that does not")
    _require_known(layout, sets, models)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial_out = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror or error}") from error
    work = _Replay(layout, sets, models, on_file)
    try:
        cells = anyio.run(work.run, partial_out)
        if not cells:
            raise UsageError(f"{folder} holds no answers to plan generation of those wanted")
        manifest = Manifest(suite=_suite(cells), cells=len(cells), replayed=True)
        write_manifest(partial_out, manifest)
        partial_out.chmod(0o755)
        partial_out.rename(out)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(partial_out, ignore_errors=True)
    return Replayed(len(cells), work.conversations, tuple(work.oddities))


def _require_known(layout: Layout, sets: Collection[str], models: Collection[str]) -> None:
    """Raise `UnknownNameError` for a wanted domain or model that has no file of results."""
    found = [
        (name, path.parent.name)
        for root in layout.roots
        for name in root.sets()
        for path in root.results(name)
    ]
    for what, wanted, place in (("domain", sets, 0), ("model", models, 1)):
        known = sorted({each[place] for each in found})
        for name in wanted:
            if name not in known:
                raise UnknownNameError(f"{what} of these answers", name, known)


class _Replay:
    """The work in progress."""

    def __init__(
        self,
        layout: Layout,
        sets: Collection[str],
        models: Collection[str],
        on_file: Callable[[str], None],
    ) -> None:
        self._layout, self._sets, self._models = layout, sets, models
        self._on_file = on_file
        self._seen: Counter[tuple[str, ...]] = Counter()
        self.conversations = 0
        self.oddities: list[Oddity] = []

    async def run(self, out: Path) -> list[Cell]:
        """Run every session; gives the cells in their order."""
        cells: list[Cell] = []
        with Store.open(out / STORE) as store, ResultsFile(out) as results:

            def keep(ended: Sequence[Ended]) -> None:
                results.append([each.result for each in ended if each.result is not None])

            pool = Pool(store, keep)
            for each in self._answers():
                cells.append(each.cell)
                pool.add(Work(each.cell, 1), await _session(each))
            pool.flush()
        return cells

    def _answers(self) -> Iterator[_Stored]:
        entries = entries_in(
            self._layout,
            self.oddities,
            wanted=lambda task: task.startswith(PLANS),
            on_file=self._on_file,
        )
        for entry in entries:
            domain, model = entry.place.set, entry.place.model
            if (self._sets and domain not in self._sets) or (
                self._models and model not in self._models
            ):
                continue
            try:
                yield from self._stored(entry)
            except OddFieldError as error:
                self.oddities.append(
                    Oddity(entry.file, str(error), entry.number, error.field, skipped=1)
                )

    def _stored(self, entry: Entry) -> Iterator[_Stored]:
        place, setting = entry.place, entry.setting
        answers = answers_in(entry.file, place.task, entry.number, entry.fields, setting)
        answer = answers[-1]
        if answer.said.turn:  # of a conversation, whose length depends on what was answered
            self.conversations += 1
            return
        problem = answer.problem
        key = (place.set, place.model, place.task, problem.digest)
        given = _given(problem)
        cell = Cell(
            family=place.set,
            size=given.size,
            seed=self._seen[key],  # the same model can have been asked twice
            strategy=place.task,
            model=place.model,
            solvable=False if setting.unsolvable else None,
            given=given,
        )
        self._seen[key] += 1
        asked = {problem.digest: answer.said.asked}
        family = AsAsked(PlanningFamily(phrases=setting.phrases), (problem,), asked)
        yield _Stored(cell, problem, family, completion_of(answer.said, place.model))


async def _session(stored: _Stored) -> tuple[TraceRecord, ...]:
    """The trace of the session in which the stored answer is what the model says."""
    collected, cell = Collected(), stored.cell
    try:
        await solve(
            stored.problem,
            family=stored.family,
            strategy=single,
            generator=Scripted([stored.completion], name=str(cell.model)),
            seed=cell.seed,
            sinks=[collected],
            session_id=Work(cell, 1).session_id,
        )
    except SoundlyError as error:
        if error.record is None:  # it never began, so no trace tells of it
            raise
    return tuple(collected.records)


@lru_cache(maxsize=1024)
def _given(problem: Problem) -> Given:
    texts = dict(problem.statement)
    return Given(problem.name, digest(texts), max(1, len(task_of(problem).objects)))


def _suite(cells: Sequence[Cell]) -> Suite:
    """A suite that names what was replayed; it is not one to run."""

    def distinct(values: Iterable[T]) -> tuple[T, ...]:
        return tuple(dict.fromkeys(values))

    grid = Grid(
        families=distinct(cell.family for cell in cells),
        seeds=distinct(cell.seed for cell in cells),
        strategies=distinct(cell.strategy for cell in cells),
        models=distinct(str(cell.model) for cell in cells),
        solvable=distinct(cell.solvable for cell in cells),
        given=distinct(cell.given for cell in cells if cell.given is not None),
    )
    return Suite(name="planbench", grids=(grid,))
