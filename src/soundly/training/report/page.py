"""A report as one page of HTML that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from soundly.charts.look import Picture
from soundly.training.report.contents import Contents, Section
from soundly.training.report.tables import Table

_MOST_OPEN = 24
"""Tables with more lines than this are folded."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d21; --paper: #fdfdfc; --quiet: #5d636d;
  --line: #dcdfe4; --raised: #f4f5f6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e5e8; --paper: #15171a; --quiet: #9aa1ab; --line: #33373d; --raised: #1d2024; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 56rem; color: var(--ink);
  background: var(--paper); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 3rem 0 0.75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
figure { margin: 1.25rem 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { color: var(--quiet); font-size: 0.875rem; margin-top: 0.25rem; }
.table { overflow-x: auto; margin: 0.75rem 0; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.65rem; text-align: left; vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
th { font-weight: 600; color: var(--quiet); border-bottom: 1px solid var(--line); }
tbody tr + tr td { border-top: 1px solid color-mix(in srgb, var(--line) 55%, transparent); }
.number { text-align: right; }
.broken { padding: 0.6rem 0.9rem; border-left: 3px solid #d55e00; background: var(--raised); }
details { margin: 0.75rem 0; }
summary { cursor: pointer; color: var(--quiet); font-size: 0.9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 1rem; background: var(--raised); border-radius: 6px;
  font: 0.85rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; } }
"""


def page(report: Contents) -> str:
    """The whole page. What came from elsewhere (names, notes, the recipe) is text, never markup."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Contents) -> Iterator[str]:
    title = escape(report.title)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>"
    if report.broken:
        yield f'<p class="broken">{escape(report.broken)}</p>'
    if report.stages:
        yield _table(report.stages)
    for section in report.sections:
        yield from _section(section)
    if report.curves:
        yield "<h2>Training</h2>"
        yield from map(_picture, report.curves)
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
    yield "</body>\n</html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    yield from map(_picture, section.pictures)
    if len(section.table.rows) <= _MOST_OPEN:
        yield _table(section.table)
    else:
        yield _folded(f"The counts: {len(section.table.rows)} lines", section.table)
    if section.earlier:
        yield _folded(f"Measured earlier: {len(section.earlier.rows)} lines", section.earlier)


def _picture(picture: Picture) -> str:
    labelled = f'<svg role="img" aria-label="{escape(picture.title)}"'
    drawing = picture.inline().replace("<svg", labelled, 1)
    return f"<figure>\n{drawing}\n<figcaption>{escape(picture.caption)}</figcaption>\n</figure>"


def _folded(summary: str, table: Table) -> str:
    return f"<details>\n<summary>{summary}</summary>\n{_table(table)}\n</details>"


def _table(table: Table) -> str:
    kinds = [' class="number"' if column.number else "" for column in table.columns]
    headings = (
        f"<th{kind}>{escape(column.heading)}</th>"
        for kind, column in zip(kinds, table.columns, strict=True)
    )
    rows = (
        "<tr>"
        + "".join(f"<td{kind}>{escape(c)}</td>" for kind, c in zip(kinds, row, strict=True))
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="table"><table>\n<thead><tr>{"".join(headings)}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )
