"""A report as Markdown, with the pictures as files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soundly.charts.look import Picture
from soundly.training.report.contents import Contents, Section
from soundly.training.report.tables import Table


def markdown(report: Contents) -> str:
    """The whole report; it refers to each picture as NAME.svg."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Contents) -> Iterator[str]:
    yield f"# {_cell(report.title)}"
    if report.broken:
        yield f"\n{report.broken}"
    if report.stages:
        yield "\n## Stages\n"
        yield from _table(report.stages)
    for section in report.sections:
        yield from _section(section)
    if report.curves:
        yield "\n## Training"
        yield from map(_picture, report.curves)
    if report.notes:
        yield "\n## Notes\n"
        yield from (f"- {_cell(stage)}: {_cell(text)}" for stage, text in report.notes)
    yield "\n## Recipe\n"
    if report.recipe is None:
        yield "The run's folder has none."
        return
    ticks = max((len(run) for run in re.findall(r"`+", report.recipe)), default=0)
    fence = "`" * max(3, ticks + 1)
    yield f"{fence}toml\n{report.recipe.rstrip()}\n{fence}"


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {_cell(section.title)}"
    yield from map(_picture, section.pictures)
    yield ""
    yield from _table(section.table)
    if section.earlier:
        yield "\nMeasured earlier:\n"
        yield from _table(section.earlier)


def _picture(picture: Picture) -> str:
    return f"\n![{_cell(picture.caption)}]({picture.name}.svg)"


def _table(table: Table) -> Iterator[str]:
    yield _row(column.heading for column in table.columns)
    yield "|" + "|".join("---:" if column.number else "---" for column in table.columns) + "|"
    yield from map(_row, table.rows)


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Text on one line, with nothing that Markdown or HTML would read as its own."""
    return re.sub(r"([\\|`*_<>\[\]])", r"\\\1", " ".join(text.split()))
