"""Every answer of a PlanBench folder beside its label, with nothing written."""

from __future__ import annotations

from collections.abc import Iterator

from soundly.bench.planbench.agreement import Compared, compare
from soundly.bench.planbench.answers import answers_in, asks_for_a_plan
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import OddFieldError, Oddity
from soundly.bench.planbench.walk import entries_in


def compared_answers(layout: Layout, oddities: list[Oddity]) -> Iterator[Compared]:
    """Every answer that can be judged; faults are appended to ``oddities``."""
    for entry in entries_in(layout, oddities, wanted=asks_for_a_plan):
        try:
            yield from map(
                compare,
                answers_in(entry.file, entry.place.task, entry.number, entry.fields, entry.setting),
            )
        except OddFieldError as error:
            oddities.append(Oddity(entry.file, str(error), entry.number, error.field, skipped=1))
