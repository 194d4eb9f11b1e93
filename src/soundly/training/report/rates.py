"""The pictures of figures: rates against size, and bars where there is no size."""

from __future__ import annotations

import altair as alt

from soundly.charts.look import COLOURS, INK, WIDTH, Picture
from soundly.charts.sizes import Known, SizedRate, sized_chart
from soundly.statistics.intervals import Proportion
from soundly.training.events import Measured
from soundly.training.report.history import Figure

_BAR = 28
_COUNTS = 150
"""Room to the right of the bars for what was counted."""

_HALF = 0.5
"""Bars that stay below are drawn on an axis that ends where they do, not at all."""

_BEYOND = "sizes not trained on"


def size_picture(figure: Figure, *, name: str, trained: tuple[int, int] | None) -> Picture | None:
    """The rate against size, a line for each series; None where nothing sized was judged."""
    rates = [
        SizedRate(figure.label(each), _size(each), **_bounds(each))
        for each in figure.sized
        if each.of
    ]
    if not rates:
        return None
    chart, shaded = sized_chart(rates, known=Known(*trained, _BEYOND) if trained else None)
    caption = f"Rate of {figure.what!r} against the size of the instances, with 95% intervals"
    caption += f"; shaded: {_BEYOND}." if shaded else "."
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


def _bounds(measured: Measured) -> dict[str, float]:
    low, high = Proportion(measured.right, measured.of).interval()
    return {"rate": measured.right / measured.of, "low": low, "high": high}


def _size(measured: Measured) -> int:
    return measured.size or 0
