"""Pieces of a Markdown document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from soundly.charts.look import Picture
from soundly.charts.tables import Table


def figure(picture: Picture) -> str:
    """The picture as a file NAME.svg beside the document."""
    return f"\n![{plain(picture.caption)}]({picture.name}.svg)"


def grid(table: Table) -> Iterator[str]:
    """The lines of the table, its cells linked where they lead somewhere."""
    yield _row(plain(column.heading) for column in table.columns)
    yield "|" + "|".join("---:" if column.number else "---" for column in table.columns) + "|"
    for cells, links in zip(table.rows, table.links, strict=True):
        yield _row(map(_linked, cells, links))


def plain(text: str) -> str:
    """Text on one line, with nothing that Markdown or HTML would read as its own."""
    return re.sub(r"([\\|`*_<>\[\]])", r"\\\1", " ".join(text.split()))


def _linked(cell: str, link: str) -> str:
    return f"[{plain(cell)}](#{link})" if link else plain(cell)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
