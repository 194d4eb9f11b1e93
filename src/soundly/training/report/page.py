"""A run's report as one page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from soundly.charts.page import document, figure, folded, grid
from soundly.training.report.contents import Contents, Section

_MOST_OPEN = 24
"""Tables with more lines than this are folded."""


def page(report: Contents) -> str:
    """The whole page. What came from elsewhere (names, notes, the recipe) is text, never markup."""
    return document(report.title, _lines(report))


def _lines(report: Contents) -> Iterator[str]:
    if report.broken:
        yield f'<p class="broken">{escape(report.broken)}</p>'
    if report.stages:
        yield grid(report.stages)
    for section in report.sections:
        yield from _section(section)
    if report.curves:
        yield "<h2>Training</h2>"
        yield from map(figure, report.curves)
    if report.notes:
        yield "<h2>Notes</h2>\n<dl>"
        for stage, text in report.notes:
            yield f"<dt>{escape(stage)}</dt><dd>{escape(text)}</dd>"
        yield "</dl>"
    yield "<h2>Recipe</h2>"
    if report.recipe is None:
        yield "<p>The run's folder has none.</p>"
    else:
        yield f"<pre>{escape(report.recipe.rstrip())}</pre>"


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    yield from map(figure, section.pictures)
    if len(section.table.rows) <= _MOST_OPEN:
        yield grid(section.table)
    else:
        yield folded(f"The counts: {len(section.table.rows)} lines", section.table)
    if section.earlier:
        yield folded(f"Measured earlier: {len(section.earlier.rows)} lines", section.earlier)
