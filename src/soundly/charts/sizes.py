"""Rates against size: a line for each series, with intervals, and what lies beyond shaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import altair as alt

from soundly.charts.look import HEIGHT, INK, WIDTH, Chart
from soundly.charts.marks import Marks

_APART = 0.07
"""How far two series stand from each other, as a part of the smallest step between sizes."""


@dataclass(frozen=True, slots=True)
class SizedRate:
    """A share of one series at one size, with its interval."""

    series: str
    size: int
    rate: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.rate <= self.high <= 1:
            raise ValueError(f"wanted 0 <= low <= rate <= high <= 1, got {self}")


@dataclass(frozen=True, slots=True)
class Known:
    """Sizes that were known before, both ends included, and a word for what lies beyond."""

    smallest: int
    largest: int
    beyond: str


def sized_chart(
    rates: Sequence[SizedRate],
    *,
    title: str = "rate",
    known: Known | None = None,
    marks: Marks | None = None,
) -> tuple[Chart, bool]:
    """The chart, and whether something is shaded in it; ``rates`` holds one or more.

    ``marks`` are the colours and marks of all series of a report: with them a single series is
    named as well.
    """
    sizes = sorted({each.size for each in rates})
    first, last = sizes[0] - 0.5, sizes[-1] + 0.5
    x = alt.X(
        "at:Q",
        title="size",
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(values=sizes, format=",d", grid=False, labelOverlap=True),
    )
    shades = list(_shades(known, first, last, x)) if known else []
    lines = _lines(list(_points(rates, sizes)), x, title, marks)
    chart = alt.layer(*shades, *lines).properties(width=WIDTH, height=HEIGHT)
    return chart, bool(shades)


def _points(rates: Sequence[SizedRate], sizes: Sequence[int]) -> Iterator[dict[str, object]]:
    """Where each point stands; series stand beside each other, so that intervals can be read."""
    labels = list(dict.fromkeys(each.series for each in rates))
    step = min((after - before for before, after in pairwise(sizes)), default=1)
    for each in rates:
        aside = labels.index(each.series) - (len(labels) - 1) / 2
        yield {
            "at": each.size + aside * min(_APART, 0.6 / len(labels)) * step,
            "series": each.series,
            "rate": each.rate,
            "low": each.low,
            "high": each.high,
        }


def _lines(
    values: Sequence[dict[str, object]], x: alt.X, title: str, marks: Marks | None
) -> list[Chart]:
    labels = list(dict.fromkeys(str(each["series"]) for each in values))
    known = marks or Marks(tuple(labels))
    named = marks is not None or len(labels) > 1
    colour = known.colour("series", labels, legend=named)
    shape = known.shape("series", labels, legend=named)
    share = alt.Scale(domain=[0, 1])
    percent = alt.Axis(format="%", tickCount=5)
    base = alt.Chart({"values": list(values)}).encode(x=x, color=colour)
    whiskers = base.mark_rule(opacity=0.7, strokeWidth=1.4).encode(
        y=alt.Y("low:Q", title=title, scale=share, axis=percent), y2="high:Q"
    )
    rate = alt.Y("rate:Q", scale=share)
    line = base.mark_line(strokeWidth=1.8).encode(y=rate)
    points = base.mark_point(filled=True, size=46, opacity=1).encode(y=rate, shape=shape)
    return [whiskers, line, points]


def _shades(known: Known, first: float, last: float, x: alt.X) -> Iterator[Chart]:
    """Grey behind the sizes below and above those known, with a word on the wider part."""
    parts = [(first, known.smallest - 0.5), (known.largest + 0.5, last)]
    values = [{"at": max(low, first), "to": min(high, last)} for low, high in parts if low < high]
    values = [each for each in values if each["at"] < each["to"]]
    if not values:
        return
    base = alt.Chart({"values": values})
    yield base.mark_rect(color=INK, opacity=0.07).encode(x=x, x2="to:Q")
    widest = max(values, key=lambda each: each["to"] - each["at"])
    word = alt.Chart({"values": [widest]})
    yield word.mark_text(
        text=known.beyond, align="left", baseline="bottom", dx=2, dy=-4, color=INK, opacity=0.7
    ).encode(x=x, y=alt.value(0))
