"""Every usable entry of a PlanBench folder's results, with its answers judged; nothing is written.

What cannot be used is noted, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal

from soundly.bench.planbench.agreement import compare
from soundly.bench.planbench.answers import answers_in, asks_for_a_plan
from soundly.bench.planbench.entries import said_in
from soundly.bench.planbench.json_types import named
from soundly.bench.planbench.judged import Judged
from soundly.bench.planbench.layout import Layout, Root, read_entries
from soundly.bench.planbench.oddity import OddFieldError, Oddity, field_of
from soundly.bench.planbench.settings import Setting, Settings
from soundly.bench.planbench.stated import judge_stated
from soundly.bench.planbench.tally import Place
from soundly.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a result file; ``number`` counts from 0, ``file`` is relative to the folder."""

    place: Place
    file: str
    number: int
    fields: Mapping[str, Any]
    setting: Setting


def entries_in(
    layout: Layout,
    oddities: list[Oddity],
    *,
    wanted: Callable[[str], bool] = lambda _: True,
    on_file: Callable[[str], None] = lambda _: None,
) -> Iterator[Entry]:
    """The entries of every file of results whose task is ``wanted``; faults go to ``oddities``.

    ``on_file`` is told each file before it is read. Raises `UsageError` where PyYAML is missing.
    """
    settings = Settings()
    for root in layout.roots:
        for name in root.sets():
            for place, path in _files(root, name):
                file = layout.name(path)
                try:
                    asks_for_a_plan(place.task)
                    if not wanted(place.task):
                        continue
                    on_file(file)
                    entries = read_entries(path)
                    setting = settings.of(root.path, name)
                except UsageError as error:
                    oddities.append(Oddity(file, str(error), field=field_of(error)))
                    continue
                for number, fields in enumerate(entries):
                    if isinstance(fields, Mapping):
                        yield Entry(place, file, number, fields, setting)
                        continue
                    message = f"field 'instances' holds {named(fields)}, wanted objects"
                    oddities.append(Oddity(file, message, number, "instances", skipped=1))


def judged_in(entry: Entry, portal: BlockingPortal, oddities: list[Oddity]) -> list[Judged]:
    """The answers of an entry, judged; none, and an oddity, where they cannot be used."""
    place = entry.place
    try:
        if not asks_for_a_plan(place.task):
            said = said_in(entry.fields)
            return [
                judge_stated(entry.setting, place.task, entry.fields, each, portal) for each in said
            ]
        answers = answers_in(entry.file, place.task, entry.number, entry.fields, entry.setting)
        return [compare(answer).judged() for answer in answers]
    except OddFieldError as error:
        oddities.append(Oddity(entry.file, str(error), entry.number, error.field, skipped=1))
        return []


def _files(root: Root, name: str) -> Iterator[tuple[Place, Path]]:
    for path in root.results(name):
        yield Place(name, path.stem, root.name, path.parent.name), path
