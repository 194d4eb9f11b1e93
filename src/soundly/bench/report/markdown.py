"""A report as Markdown, with the pictures as files beside it."""

from __future__ import annotations

from collections.abc import Iterator

from soundly.bench.report.contents import Contents, Section
from soundly.bench.report.traces import Behind
from soundly.charts.markdown import figure, grid, plain


def markdown(report: Contents) -> str:
    """The whole report; it refers to each picture as NAME.svg."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Contents) -> Iterator[str]:
    yield f"# {plain(report.title)}"
    for warning in report.warnings:
        yield f"\n**{plain(warning)}**"
    for fact in report.facts:
        yield f"\n{plain(fact)}"
    for section in report.sections:
        yield from _section(section)
    yield "\n## Traces\n"
    yield f"`soundly trace ID --store {report.store}` shows what happened in a session.\n"
    yield from map(_behind, report.behind)


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {plain(section.title)}"
    yield f"\n{plain(section.text)}"
    yield from map(figure, section.pictures)
    for table in section.tables:
        yield ""
        yield from grid(table)


def _behind(each: Behind) -> str:
    named = plain("; ".join(each.what))
    return f'- <a id="{each.place}"></a>{named}: {plain(" ".join(each.session_ids))}'
