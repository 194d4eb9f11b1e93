"""The rounds curve as a picture: how much is solved after one, two, … rounds."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from soundly.bench.planbench.rounds import RoundsCurve
from soundly.charts.look import COLOURS, HEIGHT, SHAPES, WIDTH, Picture
from soundly.charts.marks import legend_below


def rounds_picture(curves: Sequence[RoundsCurve]) -> Picture:
    """Steps with 95% bands, a colour and a shape for each curve."""
    points = [
        {**point, "curve": name, "share": point["solved"] / point["of"]}
        for name, curve in zip(_names(curves), curves, strict=True)
        for point in curve.document()["rounds"]
    ]
    last = max(curve.rounds for curve in curves)
    base = alt.Chart({"values": points}).encode(
        x=alt.X(
            "round:Q",
            title="rounds: answers of the model, each after the critique of the one before",
            scale=alt.Scale(domain=[1, max(2, last)], nice=False),
            axis=alt.Axis(
                values=list(range(1, last + 1)), format="d", grid=False, labelFlush=False
            ),
        )
    )
    band = base.mark_area(opacity=0.14, interpolate="step-after").encode(
        y=_share("at_least:Q"), y2="at_most:Q", color=_colour(curves)
    )
    steps = base.mark_line(interpolate="step-after", strokeWidth=2).encode(
        y=_share("share:Q"), color=_colour(curves)
    )
    marks = base.mark_point(filled=True, size=60, opacity=1).encode(
        y=_share("share:Q"), color=_colour(curves), shape=_shape(curves)
    )
    number = sum(len(curve.conversations) for curve in curves)
    return Picture(
        "rounds",
        "Solved after so many rounds of back-prompting",
        f"The share of instances with an accepted answer after each round, {number} stored "
        "conversations, judged again; with exact 95% intervals.",
        alt.layer(band, steps, marks).properties(width=WIDTH, height=HEIGHT),
    )


def _names(curves: Sequence[RoundsCurve]) -> list[str]:
    return [f"{curve.set} · {curve.model}" for curve in curves]


def _share(field: str) -> alt.Y:
    return alt.Y(
        field,
        title="solved",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )


def _colour(curves: Sequence[RoundsCurve]) -> alt.Color:
    names = _names(curves)
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(names))]
    return alt.Color("curve:N", title=None, legend=legend_below(2), scale=_scale(names, colours))


def _shape(curves: Sequence[RoundsCurve]) -> alt.Shape:
    names = _names(curves)
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(names))]
    return alt.Shape("curve:N", title=None, legend=legend_below(2), scale=_scale(names, shapes))


def _scale(names: Sequence[str], values: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), range=list(values))
