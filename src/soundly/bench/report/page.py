"""A report as one page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from soundly.bench.report.contents import Contents, Section
from soundly.bench.report.traces import Behind
from soundly.charts.page import document, figure, folded, grid
from soundly.charts.tables import Table

_MOST_OPEN = 24
"""Tables behind pictures are folded where they have more lines than this."""


def page(report: Contents) -> str:
    """The whole page. What came from elsewhere (names, reasons, codes) is text, never markup."""
    return document(report.title, _lines(report), wide=True)


def _lines(report: Contents) -> Iterator[str]:
    for warning in report.warnings:
        yield f'<p class="broken">{escape(warning)}</p>'
    yield from (f"<p>{escape(fact)}</p>" for fact in report.facts)
    for section in report.sections:
        yield from _section(section)
    yield "<h2>Traces</h2>"
    yield (
        "<p>The sessions behind each number. <code>soundly trace ID --store "
        f"{escape(report.store)}</code> shows what happened in one.</p>"
    )
    yield '<dl class="traces">'
    yield from map(_behind, report.behind)
    yield "</dl>"


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>\n<p>{escape(section.text)}</p>"
    if section.pictures:
        yield f'<div class="figures">{"".join(map(figure, section.pictures))}</div>'
    for table in section.tables:
        yield _behind_pictures(table) if section.pictures else grid(table)


def _behind_pictures(table: Table) -> str:
    if len(table.rows) <= _MOST_OPEN:
        return grid(table)
    return folded(f"The counts: {len(table.rows):,} lines", table)


def _behind(each: Behind) -> str:
    return (
        f'<dt id="{each.place}">{escape("; ".join(each.what))} ({len(each.session_ids):,})</dt>'
        f"<dd>{escape(' '.join(each.session_ids))}</dd>"
    )
