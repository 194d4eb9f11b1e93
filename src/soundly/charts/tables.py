"""Tables of a report, as text in cells: a page, Markdown and a terminal only set them."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it; numbers are set to the right.

    ``links`` has for each cell the name of a place in the same document, "" where a cell leads
    nowhere; no links at all is the same for every cell.
    """

    heading: str
    cells: tuple[str, ...]
    number: bool = True
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.links and len(self.links) != len(self.cells):
            raise ValueError(
                f"column {self.heading!r}: {len(self.links)} links for {len(self.cells)} cells"
            )


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of the same length."""

    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        if len({len(column.cells) for column in self.columns}) > 1:
            raise ValueError("the columns of a table have different lengths")

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The cells, line by line."""
        return list(zip(*(column.cells for column in self.columns), strict=True))

    @property
    def links(self) -> list[tuple[str, ...]]:
        """Where the cells lead, line by line; "" for nowhere."""
        each = (column.links or ("",) * len(column.cells) for column in self.columns)
        return list(zip(*each, strict=True))


def percent(share: float) -> str:
    """A share in per cent, with as many digits as it takes to tell it from none and from all.

    >>> percent(0.942), percent(0.0000035), percent(1)
    ('94.2%', '0.00035%', '100.0%')
    """
    distance = 100 * min(share, 1 - share)
    digits = 1 if distance <= 0 else min(max(1, 1 - math.floor(math.log10(distance))), 9)
    return f"{share:.{digits}%}"
