"""Tables on lines of any length: a number stands whole, or the table gives way to lines."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_LEAST_NAME = 16
_ENDLESS = 10_000


def fitting(console: Console, table: Table, *, indent: int = 0) -> RenderableType:
    """The table; on a line too short for it each row as words, a line for its name.

    A number that lost its end reads as another number, so columns that may not wrap are never cut.
    The others hold names, which may fold from 16 characters on. ``indent`` is how far from the
    edge the table will stand.
    """
    if needed(console, table) + indent <= console.width:
        return table
    return Group(*_records(table))


def needed(console: Console, table: Table) -> int:
    """The characters that the table takes where no number is cut."""
    _, right, _, left = table.padding
    between = (right + left) * (len(table.columns) - (0 if table.pad_edge else 1))
    options = console.options.update(width=_ENDLESS)
    total = between
    for column in table.columns:
        cells = [column.header, *column.cells]
        widest = max(Measurement.get(console, options, cell).maximum for cell in cells)
        total += column.width or (widest if column.no_wrap else min(widest, _LEAST_NAME))
    return total


def _records(table: Table) -> Iterator[Text]:
    cells_of_rows = zip(*(column.cells for column in table.columns), strict=True)
    for row, cells in zip(table.rows, cells_of_rows, strict=True):
        names: list[Text] = []
        numbers: list[Text] = []
        for column, cell in zip(table.columns, map(_text, cells), strict=True):
            if cell and column.no_wrap:
                heading = f"{column.header}: " if column.header else ""
                numbers.append(Text.assemble(heading, cell))
            elif cell:
                names.append(cell)
        if names:
            yield Text(" ", row.style or "").join(names)
        if numbers:
            yield Text("  " if names else "") + Text(" · ").join(numbers)


def _text(cell: RenderableType) -> Text:
    """A cell on one line; what stood on several is joined by spaces."""
    text = cell if isinstance(cell, Text) else Text(str(cell))
    return Text(" ").join(line for line in text.split("\n")) if text.plain.strip() else Text()
