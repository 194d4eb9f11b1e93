"""The pictures of figures: rates against size, and bars where there is no size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import altair as alt

from soundly.charts.look import COLOURS, HEIGHT, INK, SHAPES, WIDTH, Chart, Picture
from soundly.statistics.intervals import Proportion
from soundly.training.events import Measured
from soundly.training.report.history import Figure

_APART = 0.07
"""How far two series stand from each other, as a part of the smallest step between sizes."""

_BAR = 28
_COUNTS = 150
"""Room to the right of the bars for what was counted."""

_HALF = 0.5
"""Bars that stay below are drawn on an axis that ends where they do, not at all."""

_BEYOND = "sizes not trained on"


def size_picture(figure: Figure, *, name: str, trained: tuple[int, int] | None) -> Picture | None:
    """The rate against size, a line for each series; None where nothing sized was judged."""
    measured = [each for each in figure.sized if each.of]
    if not measured:
        return None
    sizes = sorted({_size(each) for each in measured})
    first, last = sizes[0] - 0.5, sizes[-1] + 0.5
    x = alt.X(
        "at:Q",
        title="size",
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(values=sizes, format=",d", grid=False, labelOverlap=True),
    )
    shades = list(_shades(trained, first, last, x)) if trained else []
    lines = _lines(list(_points(figure, measured, sizes)), x)
    caption = f"Rate of {figure.what!r} against the size of the instances, with 95% intervals"
    caption += f"; shaded: {_BEYOND}." if shades else "."
    chart = alt.layer(*shades, *lines).properties(width=WIDTH, height=HEIGHT)
    return Picture(name, f"{_title(figure)} by size", caption, chart)


def bar_picture(figure: Figure, *, name: str) -> Picture | None:
    """A bar for each series, in the order measured; None where nothing without size was judged."""
    measured = [each for each in figure.sizeless if each.of]
    if not measured:
        return None
    values = [
        {"series": figure.label(each), "said": f"{each.right:,} of {each.of:,}", **_bounds(each)}
        for each in measured
    ]
    y = alt.Y(
        "series:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=8)
    )
    widest = max(each["high"] for each in map(_bounds, measured))
    share = alt.Scale(domain=[0, 1 if widest > _HALF else widest], nice=True)
    x = alt.X("rate:Q", title="rate", scale=share, axis=alt.Axis(format="~%", tickCount=5))
    base = alt.Chart({"values": values}).encode(y=y)
    bars = base.mark_bar(color=COLOURS[0], opacity=0.75, height=_BAR * 0.6).encode(x=x)
    whiskers = base.mark_rule(color=INK).encode(x=alt.X("low:Q", scale=share), x2="high:Q")
    ends = [
        base.mark_tick(color=INK, size=8, thickness=1).encode(x=alt.X(f"{end}:Q", scale=share))
        for end in ("low", "high")
    ]
    counts = base.mark_text(align="left", color=INK, fontSize=11).encode(
        x=alt.value(WIDTH - _COUNTS + 14), text="said:N"
    )
    caption = f"Rate of {figure.what!r} for each series, with 95% intervals and counts."
    chart = alt.layer(bars, whiskers, *ends, counts)
    chart = chart.properties(width=WIDTH - _COUNTS, height=alt.Step(_BAR))
    return Picture(name, _title(figure), caption, chart)


def _title(figure: Figure) -> str:
    return figure.what[:1].upper() + figure.what[1:]


def _points(
    figure: Figure, measured: Sequence[Measured], sizes: Sequence[int]
) -> Iterator[dict[str, object]]:
    """Where each point stands; series stand beside each other, so that intervals can be read."""
    labels = list(dict.fromkeys(map(figure.label, measured)))
    step = min((after - before for before, after in pairwise(sizes)), default=1)
    for each in measured:
        label = figure.label(each)
        aside = (labels.index(label) - (len(labels) - 1) / 2) * min(_APART, 0.6 / len(labels))
        yield {"at": _size(each) + aside * step, "series": label, **_bounds(each)}


def _lines(values: Sequence[dict[str, object]], x: alt.X) -> list[Chart]:
    labels = list(dict.fromkeys(str(each["series"]) for each in values))
    below = alt.Legend(orient="bottom", columns=2, symbolOpacity=1, offset=16, columnPadding=24)
    legend = below if len(labels) > 1 else None
    domain = [COLOURS[number % len(COLOURS)] for number in range(len(labels))]
    shapes = [SHAPES[number % len(SHAPES)] for number in range(len(labels))]
    colour = alt.Color(
        "series:N", title=None, legend=legend, scale=alt.Scale(domain=labels, range=domain)
    )
    shape = alt.Shape(
        "series:N", title=None, legend=legend, scale=alt.Scale(domain=labels, range=shapes)
    )
    share = alt.Scale(domain=[0, 1])
    percent = alt.Axis(format="%", tickCount=5)
    base = alt.Chart({"values": list(values)}).encode(x=x, color=colour)
    whiskers = base.mark_rule(opacity=0.7, strokeWidth=1.4).encode(
        y=alt.Y("low:Q", title="rate", scale=share, axis=percent), y2="high:Q"
    )
    rate = alt.Y("rate:Q", scale=share)
    line = base.mark_line(strokeWidth=1.8).encode(y=rate)
    points = base.mark_point(filled=True, size=46, opacity=1).encode(y=rate, shape=shape)
    return [whiskers, line, points]


def _shades(trained: tuple[int, int], first: float, last: float, x: alt.X) -> Iterator[Chart]:
    """Grey behind the sizes below and above those trained on, with a word on the wider part."""
    parts = [(first, trained[0] - 0.5), (trained[1] + 0.5, last)]
    values = [{"at": max(low, first), "to": min(high, last)} for low, high in parts if low < high]
    values = [each for each in values if each["at"] < each["to"]]
    if not values:
        return
    base = alt.Chart({"values": values})
    yield base.mark_rect(color=INK, opacity=0.07).encode(x=x, x2="to:Q")
    widest = max(values, key=lambda each: each["to"] - each["at"])
    word = alt.Chart({"values": [widest]})
    yield word.mark_text(
        text=_BEYOND, align="left", baseline="bottom", dx=2, dy=-4, color=INK, opacity=0.7
    ).encode(x=x, y=alt.value(0))


def _bounds(measured: Measured) -> dict[str, float]:
    low, high = Proportion(measured.right, measured.of).interval()
    return {"rate": measured.right / measured.of, "low": low, "high": high}


def _size(measured: Measured) -> int:
    return measured.size or 0
