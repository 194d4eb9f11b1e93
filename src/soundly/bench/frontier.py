"""The cost-coverage curve as a picture: every model and strategy, and the Pareto front."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import altair as alt

from soundly.charts.look import COLOURS, HEIGHT, INK, SHAPES, WIDTH, Picture
from soundly.charts.marks import Marks, legend_below
from soundly.core.routing import Unit
from soundly.routing.kinds import Kind
from soundly.routing.line import Line, Station

_LETTER, _LINE = 5.8, 13.0
"""Width of a letter and height of a line of a name, in units of length."""

_MOST_NAMES: Final = 8
_COLUMNS: Final = 3

_NUMBERS: Final[dict[Unit, str]] = {"dollars": "~g", "tokens": "~s", "seconds": "~g"}
_AXIS: Final[dict[Unit, str]] = {
    "dollars": "US dollars for one covered problem",
    "tokens": "tokens for one covered problem",
    "seconds": "seconds for one covered problem",
}


def frontier_picture(line: Line, *, marks: Marks | None = None) -> Picture | None:
    """Coverage against cost, with 95% intervals; None where nothing has a cost that is known.

    Costs are drawn on a logarithmic axis, on which what costs nothing stands at the left end.
    Colours and marks tell kinds of stations apart, or with ``marks`` each station. The caption
    names what is not drawn.
    """
    shown = [each for each in line.stations if each.in_unit(line.unit) is not None]
    if not shown:
        return None
    axis = _Axis([each.in_unit(line.unit) or 0.0 for each in shown])
    x, y = axis.channel(line.unit), _share("low:Q")
    points = [_point(each, line, axis) for each in shown]
    base = alt.Chart({"values": points}).encode(x=x)
    colour, shape = _told_apart(shown, marks)
    whiskers = base.mark_rule(opacity=0.6, strokeWidth=1.4).encode(y=y, y2="high:Q", color=colour)
    stations = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=_share("rate:Q"), color=colour, shape=shape
    )
    names = alt.Chart({"values": list(_named(points, axis))}).mark_text(
        align="left", dx=8, dy=-8, color=INK, fontSize=11
    )
    said = names.encode(x=x, y=_share("said_at:Q"), text="name:N")
    chart = alt.layer(*_curve(line, axis, x), whiskers, stations, said)
    caption = (
        f"Coverage against {line.unit}, {line.family}, {_sizes(line)}, with 95% intervals; "
        f"dashed: the Pareto front.{_left_out(line)}"
    )
    return Picture(
        "frontier",
        f"Cost and coverage, {line.family}, {_sizes(line)}",
        caption,
        chart.properties(width=WIDTH, height=HEIGHT),
    )


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _sizes(line: Line) -> str:
    return f"size{'s' if ' to ' in line.sizes else ''} {line.sizes}"


def _left_out(line: Line) -> str:
    """What has no place in the picture, and why: a cost for one covered wants one."""
    nothing = [_name(each) for each in line.stations if not each.coverage.count]
    unknown = [
        _name(each)
        for each in line.stations
        if each.coverage.count and each.in_unit(line.unit) is None
    ]
    said = f" Not drawn, because nothing was covered: {listed(nothing)}." if nothing else ""
    return said + (
        f" Not drawn, because a price is not known: {listed(unknown)}." if unknown else ""
    )


class _Axis:
    """Costs on a logarithmic axis; what costs nothing stands a step before the least cost."""

    def __init__(self, costs: Sequence[float]) -> None:
        positive = [cost for cost in costs if cost > 0] or [1.0]
        self._first = math.floor(math.log10(min(positive)))
        self._last = max(math.ceil(math.log10(max(positive))), self._first + 1)
        self._free = any(cost == 0 for cost in costs)

    def place(self, cost: float) -> float:
        """Where a cost stands."""
        return cost if cost > 0 else 10.0 ** (self._first - 1)

    def along(self, at: float) -> float:
        """How far along the axis a place is, from 0 to 1."""
        first = self._first - self._free
        return (math.log10(at) - first) / (self._last - first)

    @property
    def end(self) -> float:
        """Where it ends on the right."""
        return 10.0**self._last

    def channel(self, unit: Unit) -> alt.X:
        """The axis, with a tick for each power of ten."""
        first = self._first - self._free
        ticks = [10.0**power for power in range(first, self._last + 1)]
        zero = f"datum.value < {10.0**self._first * 0.5} ? '0' : " if self._free else ""
        return alt.X(
            "at:Q",
            title=_AXIS[unit],
            scale=alt.Scale(type="log", domain=[ticks[0], ticks[-1]], nice=False),
            axis=alt.Axis(
                values=ticks, grid=False, labelExpr=f"{zero}format(datum.value, '{_NUMBERS[unit]}')"
            ),
        )


def _named(points: Sequence[dict[str, Any]], axis: _Axis) -> Iterator[dict[str, object]]:
    """A name for each place; of what stands at one place all names together.

    ``said_at`` is the share at whose height the name stands: that of its place, or as many lines
    lower as it takes to be clear of the names before it.
    """
    taken: list[tuple[float, float, float]] = []
    places = dict.fromkeys((each["at"], each["rate"]) for each in points)
    for at, rate in sorted(places):
        names = [str(each["name"]) for each in points if (each["at"], each["rate"]) == (at, rate)]
        name = ", ".join(names)
        left, height = axis.along(at) * WIDTH, rate * HEIGHT
        right = left + _LETTER * len(name)
        while any(
            left < end and start < right and abs(height - y) < _LINE for start, end, y in taken
        ):
            height -= _LINE
        taken.append((left, right, height))
        yield {"at": at, "rate": rate, "name": name, "said_at": height / HEIGHT}


def _curve(line: Line, axis: _Axis, x: alt.X) -> Iterator[alt.Chart]:
    """The front as steps up to the right end: what can be covered for a cost."""
    front = [_point(each, line, axis) for each in line.front]
    if not front:
        return
    end = {"at": axis.end, "rate": front[-1]["rate"]}
    yield (
        alt.Chart({"values": [*front, end]})
        .mark_line(
            interpolate="step-after", color=INK, opacity=0.55, strokeDash=[4, 3], strokeWidth=1.4
        )
        .encode(x=x, y=_share("rate:Q"))
    )
    yield (
        alt.Chart({"values": [end]})
        .mark_text(text="front", align="right", dx=-4, dy=11, color=INK, opacity=0.7, fontSize=11)
        .encode(x=x, y=_share("rate:Q"))
    )


def _share(field: str) -> alt.Y:
    return alt.Y(
        field,
        title="coverage",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )


def _point(station: Station, line: Line, axis: _Axis) -> dict[str, object]:
    low, high = station.interval
    return {
        "at": axis.place(station.in_unit(line.unit) or 0.0),
        "rate": station.coverage.count / station.coverage.of,
        "low": low,
        "high": high,
        "kind": station.kind.value,
        "name": _name(station),
    }


def _name(station: Station) -> str:
    return " · ".join(filter(None, (station.model, station.strategy)))


def _told_apart(stations: Sequence[Station], marks: Marks | None) -> tuple[alt.Color, alt.Shape]:
    """By kind, which a legend names; or each by itself, with the name that stands beside it."""
    if marks is None:
        return _colour(stations), _shape(stations)
    names = list(dict.fromkeys(map(_name, stations)))
    return marks.colour("name", names, legend=False), marks.shape("name", names, legend=False)


def _kinds(stations: Sequence[Station]) -> Iterator[tuple[str, int]]:
    """The kinds that are there, from general to special, each with its place among all."""
    there = {station.kind for station in stations}
    return ((kind.value, kind.place) for kind in Kind if kind in there)


def _colour(stations: Sequence[Station]) -> alt.Color:
    kinds = list(_kinds(stations))
    scale = alt.Scale(
        domain=[name for name, _ in kinds], range=[COLOURS[place] for _, place in kinds]
    )
    return alt.Color("kind:N", title=None, legend=legend_below(_COLUMNS), scale=scale)


def _shape(stations: Sequence[Station]) -> alt.Shape:
    kinds = list(_kinds(stations))
    scale = alt.Scale(
        domain=[name for name, _ in kinds], range=[SHAPES[place] for _, place in kinds]
    )
    return alt.Shape("kind:N", title=None, legend=legend_below(_COLUMNS), scale=scale)
