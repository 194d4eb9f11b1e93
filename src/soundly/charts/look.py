"""How a chart looks, and how it becomes SVG or PNG: without a browser, and without a network."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

import altair as alt

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart

INK: Final = "#1b1d21"
"""The colour of everything that is not data; on a page it becomes the colour of the text."""

COLOURS: Final = (
    "#1f83c6",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#8a6fd1",
    "#e69f00",
    "#56b4e9",
    "#7f7f7f",
)
"""Okabe and Ito's, which colour-blind readers tell apart, for white and for dark grounds.

Its blue is lighter here, and violet and grey stand for its yellow and its black.
"""

SHAPES: Final = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
)

WIDTH, HEIGHT = 700, 320

_SCALE = 2
_FONT = "Helvetica, Arial, sans-serif"
_NAMESPACE = re.compile(r' xmlns(?::xlink)?="[^"]*"| version="1\.1"')


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with a name for its files, a title, and what it shows in a sentence."""

    name: str
    title: str
    caption: str
    chart: Chart

    def svg(self) -> str:
        """A file of its own, with its title, dark on white."""
        return _svg(self._titled())

    def png(self) -> bytes:
        """The same as pixels, two for each unit of length."""
        stream = io.BytesIO()
        self._titled().save(stream, format="png", scale_factor=_SCALE)
        return stream.getvalue()

    def inline(self) -> str:
        """An element for a page, without title or ground, in the colour of the page's text."""
        text = _svg(_dressed(self.chart, "transparent")).replace(INK, "currentColor")
        return _NAMESPACE.sub("", text)

    def _titled(self) -> Chart:
        return _dressed(self.chart.properties(title=self.title), "white")


def _svg(chart: Chart) -> str:
    stream = io.StringIO()
    chart.save(stream, format="svg")
    return stream.getvalue()


def _dressed(chart: Chart, background: str) -> Chart:
    dressed: Chart = chart.configure(
        background=background,
        padding=10,
        font=_FONT,
        aria=False,
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            anchor="start", frame="group", color=INK, fontSize=15, fontWeight=600, offset=14
        ),
        axis=alt.AxisConfig(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=11,
            titleFontSize=12,
            titleFontWeight="normal",
            titlePadding=8,
            labelLimit=300,
            domainColor=INK,
            domainOpacity=0.5,
            tickColor=INK,
            tickOpacity=0.5,
            gridColor=INK,
            gridOpacity=0.12,
        ),
        legend=alt.LegendConfig(
            labelColor=INK, labelFontSize=12, labelLimit=420, symbolSize=90, titleColor=INK
        ),
    )
    return dressed
