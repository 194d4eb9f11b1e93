"""One colour and one mark for each name, the same in every chart of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from soundly.charts.look import COLOURS, SHAPES

_COLUMNS = 2
"""Of a legend of systems: two names fill the line."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The colours and marks of all names that a report draws, in their order.

    Colours and marks begin anew at different places, so 56 names are told apart.
    """

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.names):
            raise ValueError("a name comes twice among those that get a colour")

    def colour(self, field: str, shown: Sequence[str], *, legend: bool = True) -> alt.Color:
        """The colours of the names that a chart shows."""
        colours = [COLOURS[self.names.index(name) % len(COLOURS)] for name in shown]
        scale = alt.Scale(domain=list(shown), range=colours)
        return alt.Color(f"{field}:N", title=None, legend=_legend(legend), scale=scale)

    def shape(self, field: str, shown: Sequence[str], *, legend: bool = True) -> alt.Shape:
        """The marks of the names that a chart shows."""
        shapes = [SHAPES[self.names.index(name) % len(SHAPES)] for name in shown]
        scale = alt.Scale(domain=list(shown), range=shapes)
        return alt.Shape(f"{field}:N", title=None, legend=_legend(legend), scale=scale)


def _legend(wanted: bool) -> alt.Legend | None:
    return legend_below(_COLUMNS) if wanted else None


def legend_below(columns: int) -> alt.Legend:
    """A legend below the chart, with so many names beside each other."""
    return alt.Legend(
        orient="bottom", columns=columns, symbolOpacity=1, offset=16, columnPadding=24
    )
