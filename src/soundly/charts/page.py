"""One page of HTML that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from soundly._version import __version__
from soundly.charts.look import Picture
from soundly.charts.tables import Table

GENERATOR: Final = '<meta name="generator" content="Soundly '
"""What tells a page of ours from others; the version follows."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d21; --paper: #fdfdfc; --quiet: #5d636d;
  --line: #dcdfe4; --raised: #f4f5f6; --shade: #0003; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e5e8; --paper: #15171a; --quiet: #9aa1ab; --line: #33373d; --raised: #1d2024;
    --shade: #fff3; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 56rem; color: var(--ink);
  background: var(--paper); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
body.wide { max-width: 88rem; }
.wide table { font-size: 0.8125rem; }
.wide th, .wide td { padding: 0.25rem 0.3rem; }
.wide td:not(.number) { white-space: normal; min-width: 5.5rem; overflow-wrap: break-word; }
.wide td:first-child { min-width: 10rem; overflow-wrap: anywhere; }
.wide > p { max-width: 56rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 3rem 0 0.75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
figure { margin: 1.25rem 0; }
.wide .figures { display: flex; flex-wrap: wrap; gap: 0 2rem; }
.wide figure { flex: 1 1 34rem; max-width: 44rem; min-width: min(100%, 24rem); }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { color: var(--quiet); font-size: 0.875rem; margin-top: 0.25rem; }
.table { overflow-x: auto; margin: 0.75rem 0; background:
  linear-gradient(to left, var(--paper) 30%, transparent) 100% 0 / 2.5rem 100% local no-repeat,
  linear-gradient(to left, var(--shade), transparent) 100% 0 / 0.9rem 100% scroll no-repeat; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.65rem; text-align: left; vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; position: sticky; left: 0;
  background: var(--paper); }
th:last-child, td:last-child { padding-right: 0; }
th { vertical-align: bottom; white-space: normal; }
th { font-weight: 600; color: var(--quiet); border-bottom: 1px solid var(--line); }
tbody tr + tr td { border-top: 1px solid color-mix(in srgb, var(--line) 55%, transparent); }
.number { text-align: right; }
.aside { white-space: normal; }
.aside span { white-space: nowrap; color: var(--quiet); }
a { color: inherit; text-decoration: underline; text-decoration-color: var(--line);
  text-underline-offset: 0.2em; }
a:hover { text-decoration-color: currentColor; }
.broken { padding: 0.6rem 0.9rem; border-left: 3px solid #d55e00; background: var(--raised); }
details { margin: 0.75rem 0; }
summary { cursor: pointer; color: var(--quiet); font-size: 0.9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.traces { display: block; font-size: 0.8rem; }
.traces dd { margin: 0 0 0.6rem; max-height: 5.5rem; overflow-y: auto;
  font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
dt:target { font-weight: 600; color: var(--ink); }
pre { overflow-x: auto; padding: 1rem; background: var(--raised); border-radius: 6px;
  font: 0.85rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
@media (max-width: 36rem) {
  dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; }
  td:first-child { max-width: 38vw; white-space: normal; overflow-wrap: anywhere; }
  .wide td:first-child { min-width: 7.5rem; }
  figure { overflow-x: auto; } figure svg { max-width: none; min-width: 32rem; width: 100%; }
}
"""


def document(title: str, body: Iterable[str], *, wide: bool = False) -> str:
    """The whole page; ``title`` is text, and stands above the lines of the body, which are HTML.

    ``wide`` gives broad tables more room.
    """
    said, opening = escape(title), '<body class="wide">' if wide else "<body>"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'{GENERATOR}{__version__}">\n'
        f"<title>{said}</title>\n<style>{_STYLE}</style>\n</head>\n{opening}\n<h1>{said}</h1>"
    )
    return "\n".join((head, *body, "</body>\n</html>")) + "\n"


def figure(picture: Picture) -> str:
    """The picture with its caption, in the colours of the page."""
    labelled = f'<svg role="img" aria-label="{escape(picture.title)}"'
    drawing = picture.inline().replace("<svg", labelled, 1)
    return f"<figure>\n{drawing}\n<figcaption>{escape(picture.caption)}</figcaption>\n</figure>"


def folded(summary: str, table: Table) -> str:
    """The table, to be opened by its reader; ``summary`` is text."""
    return f"<details>\n<summary>{escape(summary)}</summary>\n{grid(table)}\n</details>"


def grid(table: Table) -> str:
    """The table, its cells as text, linked where they lead somewhere."""
    kinds = [' class="number"' if column.number else "" for column in table.columns]
    headings = (
        f"<th{kind}>{escape(column.heading)}</th>"
        for kind, column in zip(kinds, table.columns, strict=True)
    )
    rows = (
        "<tr>"
        + "".join(
            _cell(kind, cell, link) for kind, cell, link in zip(kinds, row, links, strict=True)
        )
        + "</tr>"
        for row, links in zip(table.rows, table.links, strict=True)
    )
    return (
        f'<div class="table"><table>\n<thead><tr>{"".join(headings)}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )


def _cell(kind: str, cell: str, link: str) -> str:
    """A cell; what stands in brackets behind a number may go to a line of its own."""
    number, bracket, rest = cell.partition(" (")
    said = escape(number)
    if kind and bracket:
        kind = ' class="number aside"'
        said += f" <span>({escape(rest)}</span>"
    elif bracket:
        said = escape(cell)
    if link:
        said = f'<a href="#{escape(link)}">{said}</a>'
    return f"<td{kind}>{said}</td>"
