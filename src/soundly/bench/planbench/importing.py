"""From a checkout of PlanBench to problems, recordings and judged answers on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal

from soundly.bench.output import Output
from soundly.bench.planbench.agreement import compare
from soundly.bench.planbench.answers import answers_in, asks_for_a_plan, problem_of
from soundly.bench.planbench.entries import said_in
from soundly.bench.planbench.json_types import named
from soundly.bench.planbench.judged import Judged
from soundly.bench.planbench.layout import Layout, Root, read_entries
from soundly.bench.planbench.oddity import OddFieldError, Oddity, field_of
from soundly.bench.planbench.own_folder import LINES, SUMMARY, require_own
from soundly.bench.planbench.records import judged_line, problem_line, recording_line
from soundly.bench.planbench.settings import Setting, Settings
from soundly.bench.planbench.stated import judge_stated, stated_problem
from soundly.bench.planbench.tally import Place, Tally
from soundly.core.codec import to_json
from soundly.core.errors import UsageError
from soundly.core.problem import Problem


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found. ``logs`` are printed results of the first year, which are not read."""

    tally: Tally
    oddities: tuple[Oddity, ...]
    logs: tuple[str, ...]
    problems: int
    files: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """As ``summary.json`` and ``--json`` say it."""
        return {
            **self.tally.document(),
            "problems": self.problems,
            "oddities": [oddity.document() for oddity in self.oddities],
            "logs_not_read": list(self.logs),
            "files": list(self.files),
        }


def import_planbench(
    folder: Path, out: Path, *, on_file: Callable[[str], None] = lambda _: None
) -> Imported:
    """Read all of a PlanBench folder and write what was found to ``out``.

    ``problems.jsonl``, ``prompts.jsonl``, ``judged.jsonl``, ``answers/<model>.jsonl`` for the
    `Recorded` generator, ``phrases/<root>.<set>.json`` for ``soundly verify --phrases``,
    ``oddities.jsonl`` and ``summary.json``. All are replaced together at the end. A fault in a
    file is noted, and the rest goes on. ``on_file`` is told each file before it is read.

    Raises `UsageError` where the folder is no PlanBench, where ``out`` cannot be written, or where
    a file of these names stands there that no import wrote.
    """
    layout = Layout.of(folder)
    require_own(out, layout)
    with Output(out) as output, start_blocking_portal() as portal:
        output.begin(*LINES)
        work = _Import(layout, output, portal, on_file)
        for root in layout.roots:
            for name in root.sets():  # one after the other: their problems are kept parsed
                work.config(root, name)
                work.prompts(root, name)
                work.results(root, name)
        return work.finish()


class _Import:
    """The work in progress: what is open and what was counted."""

    def __init__(
        self,
        layout: Layout,
        output: Output,
        portal: BlockingPortal,
        on_file: Callable[[str], None],
    ) -> None:
        self._layout, self._output, self._on_file = layout, output, on_file
        self._portal = portal  # critics are asynchronous
        self._settings = Settings()
        self._tally = Tally()
        self._oddities: list[Oddity] = []
        self._problems: dict[str, tuple[Problem, list[str]]] = {}

    def config(self, root: Root, name: str) -> None:
        """Check a configuration; keep its words and its instances."""
        path = root.config(name)
        if not path.is_file():
            return
        try:
            setting = self._settings.of(root.path, name)
        except UsageError as error:
            self._odd(path, str(error).removeprefix(f"configs/{path.name}: "), error)
        else:
            self._output.whole(f"phrases/{root.name}.{name}.json", _words(setting))
            self._instances(setting)

    def prompts(self, root: Root, name: str) -> None:
        """Keep every prompt, with the problem that it is about."""
        for path in root.prompts(name):
            for place, entry, setting in self._entries(root, path, name):
                try:
                    if asks_for_a_plan(path.stem):
                        problem = problem_of(setting, path.stem, entry)
                    else:
                        problem, _ = stated_problem(setting, path.stem, entry)
                except OddFieldError as error:
                    self._odd(path, str(error), error, entry=place)
                    continue
                self._keep(problem, setting)
                self._output.line(
                    "prompts.jsonl",
                    {
                        "set": setting.name,
                        "task": path.stem,
                        "root": root.name,
                        "instance_id": entry.get("instance_id"),
                        "query": entry.get("query"),
                        "ground_truth_plan": entry.get("ground_truth_plan"),
                        "problem_sha256": problem.digest,
                    },
                )

    def results(self, root: Root, name: str) -> None:
        """Judge every stored answer."""
        for path in root.results(name):
            place = Place(name, path.stem, root.name, path.parent.name)
            self._tally.at(place)
            for number, entry, setting in self._entries(root, path, name, place):
                try:
                    self._answers(path, place, number, entry, setting)
                except OddFieldError as error:
                    self._tally.at(place).skip()
                    self._odd(path, str(error), error, entry=number, skipped=1)

    def finish(self) -> Imported:
        """Write what is known only at the end."""
        for problem, sets in self._problems.values():
            self._output.line("problems.jsonl", problem_line(problem, sets))
        for oddity in self._oddities:
            self._output.line("oddities.jsonl", oddity.document())
        logs = tuple(self._layout.name(path) for root in self._layout.roots for path in root.logs())
        files = (*self._output.names, SUMMARY)
        imported = Imported(
            self._tally, tuple(self._oddities), logs, len(self._problems), tuple(sorted(files))
        )
        self._output.whole(SUMMARY, imported.document())
        return imported

    def _entries(
        self, root: Root, path: Path, name: str, place: Place | None = None
    ) -> Iterator[tuple[int, Mapping[str, Any], Setting]]:
        """The usable entries of a file; those of a set whose config is at fault are skipped."""
        self._on_file(self._layout.name(path))
        entries: list[Any] = []
        try:
            entries = read_entries(path)
            asks_for_a_plan(path.stem)
            setting = self._settings.of(root.path, name)
        except UsageError as error:
            skipped = len(entries) if place else 0
            if place:
                self._tally.at(place).skip(skipped)
            self._odd(path, str(error), error, skipped=skipped)
            return
        for number, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                yield number, entry, setting
                continue
            if place:
                self._tally.at(place).skip()
            fault = OddFieldError("instances", f"holds {named(entry)}, wanted objects")
            self._odd(path, str(fault), fault, entry=number, skipped=int(place is not None))

    def _answers(
        self, path: Path, place: Place, number: int, entry: Mapping[str, Any], setting: Setting
    ) -> None:
        file = self._layout.name(path)
        for judged in self._judged(file, place.task, number, entry, setting):
            self._tally.at(place).add(judged)
            self._tally.classes[judged.found] += 1
            self._keep(judged.problem, setting)
            self._output.line("judged.jsonl", judged_line(place, file, number, judged))
            recording = recording_line(judged.said, place.model)
            self._output.line(f"answers/{place.model}.jsonl", recording)
            if judged.said.label is None:
                fault = OddFieldError("llm_correct", "is missing, and so is any other verdict")
                self._odd(path, str(fault), fault, entry=number)

    def _judged(
        self, file: str, task: str, number: int, entry: Mapping[str, Any], setting: Setting
    ) -> list[Judged]:
        if asks_for_a_plan(task):
            answers = answers_in(file, task, number, entry, setting)
            return [compare(answer).judged() for answer in answers]
        return [judge_stated(setting, task, entry, said, self._portal) for said in said_in(entry)]

    def _instances(self, setting: Setting) -> None:
        """Keep every instance of a set, whether a model was asked about it or not."""
        before, _, after = setting.instances.name.partition("{}")
        for path in sorted(setting.instances.parent.glob(f"{escape(before)}*{escape(after)}")):
            number = path.name[len(before) : len(path.name) - len(after)]
            try:
                problem = problem_of(setting, "task_1", {"instance_id": number})
            except OddFieldError as error:
                self._odd(path, str(error), error)
            else:
                self._keep(problem, setting)

    def _keep(self, problem: Problem, setting: Setting) -> None:
        sets = self._problems.setdefault(problem.digest, (problem, []))[1]
        if setting.name not in sets:
            sets.append(setting.name)

    def _odd(
        self,
        path: Path,
        message: str,
        error: UsageError | None = None,
        *,
        entry: int | None = None,
        skipped: int = 0,
    ) -> None:
        name, named_field = self._layout.name(path), field_of(error)
        self._oddities.append(Oddity(name, message, entry, named_field, skipped))


def _words(setting: Setting) -> dict[str, Any]:
    said = to_json(setting.phrases)
    return {name: said[name] for name in ("actions", "predicates", "objects")}
