"""A report as Markdown, with the pictures as files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soundly.charts.markdown import figure, grid, plain
from soundly.training.report.contents import Contents, Section


def markdown(report: Contents) -> str:
    """The whole report; it refers to each picture as NAME.svg."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Contents) -> Iterator[str]:
    yield f"# {plain(report.title)}"
    if report.broken:
        yield f"\n{report.broken}"
    if report.stages:
        yield "\n## Stages\n"
        yield from grid(report.stages)
    for section in report.sections:
        yield from _section(section)
    if report.curves:
        yield "\n## Training"
        yield from map(figure, report.curves)
    if report.notes:
        yield "\n## Notes\n"
        yield from (f"- {plain(stage)}: {plain(text)}" for stage, text in report.notes)
    yield "\n## Recipe\n"
    if report.recipe is None:
        yield "The run's folder has none."
        return
    ticks = max((len(run) for run in re.findall(r"`+", report.recipe)), default=0)
    fence = "`" * max(3, ticks + 1)
    yield f"{fence}toml\n{report.recipe.rstrip()}\n{fence}"


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {plain(section.title)}"
    yield from map(figure, section.pictures)
    yield ""
    yield from grid(section.table)
    if section.earlier:
        yield "\nMeasured earlier:\n"
        yield from grid(section.earlier)
