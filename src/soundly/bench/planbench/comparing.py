"""Every answer of a PlanBench folder beside its label, with nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from soundly.bench.planbench.agreement import Compared, compare
from soundly.bench.planbench.answers import answers_in, asks_for_a_plan
from soundly.bench.planbench.json_types import named
from soundly.bench.planbench.layout import Layout, read_entries
from soundly.bench.planbench.oddity import OddFieldError, Oddity, field_of
from soundly.bench.planbench.settings import Settings
from soundly.core.errors import UsageError


def compared_answers(layout: Layout, oddities: list[Oddity]) -> Iterator[Compared]:
    """Every answer that can be judged; faults are appended to ``oddities``."""
    settings = Settings()
    for root in layout.roots:
        for path in (path for name in root.sets() for path in root.results(name)):
            file = layout.name(path)
            try:
                if not asks_for_a_plan(path.stem):
                    continue
                setting, entries = settings.of(root.path, path.parents[1].name), read_entries(path)
            except UsageError as error:
                oddities.append(Oddity(file, str(error), field=field_of(error)))
                continue
            for place, entry in enumerate(entries):
                try:
                    if not isinstance(entry, Mapping):
                        raise OddFieldError("instances", f"holds {named(entry)}, wanted objects")
                    yield from map(compare, answers_in(file, path.stem, place, entry, setting))
                except OddFieldError as error:
                    oddities.append(Oddity(file, str(error), place, error.field, skipped=1))
