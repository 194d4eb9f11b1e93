"""A cascade beside every single model as a picture: coverage against dollars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from soundly.bench.planbench.cascading import Cascade, Runs
from soundly.bench.planbench.label_places import label_places
from soundly.charts.look import COLOURS, HEIGHT, INK, SHAPES, WIDTH, Picture
from soundly.charts.marks import legend_below
from soundly.core.errors import UsageError

_KINDS: Final = ("one model", "the model compared with", "cascade")
_LIST_FROM: Final = HEIGHT + 84
_TOP: Final = 1.08
"""Of the axis of shares: a mark at the top has room for its label."""


def cascade_picture(found: Cascade) -> Picture:
    """Coverage of the measuring instances against dollars an instance, on a logarithmic axis.

    A bar reaches from the least that a model can have cost to the most, and to the right end where
    nothing bounds it. Marks have numbers, and the list below the picture says whose they are.
    Raises `UsageError` where something cost nothing, which has no place there.
    """
    compared, name = found.against.single, _name(found)
    others = [runs for runs in found.singles if runs.name != compared.name]
    # from the top of the picture to its bottom, as their list is read
    others.sort(key=lambda runs: (-runs.covered.count, runs.mean_cost.least))
    shown = [*((runs, f"{number} {runs.name}", _KINDS[0]) for number, runs in enumerate(others, 1))]
    shown += [(compared, compared.name, _KINDS[1]), (found.runs, name, _KINDS[2])]
    if any(runs.mean_cost.least <= 0 for runs, _, _ in shown):
        raise UsageError(f"{found.set}: something cost nothing, and the picture's axis has no zero")
    first = 10.0 ** math.floor(math.log10(min(runs.mean_cost.least for runs, _, _ in shown)))
    last = 10.0 ** math.ceil(math.log10(max(runs.mean_cost.bound for runs, _, _ in shown)))
    points = [_point(runs, name, kind, last) for runs, name, kind in shown]
    base = alt.Chart({"values": points}).encode(
        x=_dollars("least:Q", first, last), y=_share(), color=_colour()
    )
    bars = base.mark_rule(strokeWidth=1.6, opacity=0.55).encode(x2="most:Q")
    plain = f"datum.kind === '{_KINDS[0]}'"
    layers = [bars]
    for chosen, size in ((plain, 60), (f"!({plain})", 140)):
        marks = base.mark_point(filled=True, size=size, opacity=1)
        marks = marks.encode(shape=_shape()).transform_filter(chosen)
        layers.append(marks.encode(fill=_listed(points)) if chosen == plain and others else marks)
    if others:
        layers.append(_numbers(points, first, last))
    for kind, below in ((_KINDS[1], 20), (_KINDS[2], -14)):
        said = base.mark_text(align="left", dx=-4, dy=below, fontSize=11)
        chosen = f"datum.kind === '{kind}'"
        layers.append(said.encode(text="name:N", color=alt.value(INK)).transform_filter(chosen))
    return Picture(
        "cascade",
        f"Coverage against cost, {found.set}",
        f"{found.runs.covered.of} instances on which the order was not learned; a mark stands at "
        "the least that an answer can have cost, its bar reaches to the most.",
        alt.layer(*layers).properties(width=WIDTH, height=HEIGHT),
    )


def _name(found: Cascade) -> str:
    """The order, of which a long one is told by its ends."""
    models = [stage.model for stage in found.order]
    if len(models) < 4:
        return " → ".join(models)
    return f"{models[0]} → … → {models[-1]} ({len(models)} stages)"


def _point(runs: Runs, name: str, kind: str, end: float) -> dict[str, Any]:
    cost = runs.mean_cost
    return {
        "least": cost.least,
        "most": end if cost.most is None else cost.most,
        "share": runs.covered.count / runs.covered.of,
        "name": name,
        "kind": kind,
    }


def _numbers(points: Sequence[dict[str, Any]], first: float, last: float) -> alt.Chart:
    """The number of each mark that stands for one model, beside it."""
    decades = math.log10(last / first)
    marks = [
        (WIDTH * math.log10(each["least"] / first) / decades, HEIGHT * (1 - each["share"] / _TOP))
        for each in points
    ]
    labels = [
        {
            "least": first * 10 ** (decades * left / WIDTH),
            "share": _TOP * (1 - top / HEIGHT),
            "number": each["name"].partition(" ")[0],
        }
        for each, (left, top) in zip(points, label_places(marks, bottom=HEIGHT), strict=True)
        if each["kind"] == _KINDS[0]
    ]
    texts = alt.Chart({"values": labels}).mark_text(fontSize=9, baseline="middle")
    placed: alt.Chart = texts.encode(
        x=_dollars("least:Q", first, last), y=_share(), text="number:N", color=alt.value(INK)
    )
    return placed


def _listed(points: Sequence[dict[str, Any]]) -> alt.Fill:
    """All models in grey; what this encodes is the list of their numbers and names."""
    names = [each["name"] for each in points if each["kind"] == _KINDS[0]]
    return alt.Fill(
        "name:N",
        title=None,
        scale=alt.Scale(domain=names, range=[COLOURS[7]]),
        legend=alt.Legend(
            orient="none",  # below the other legend: two at the bottom would stand side by side
            legendX=0,
            legendY=_LIST_FROM,
            direction="horizontal",  # row by row; the columns of a vertical one are out of order
            columns=3,
            columnPadding=10,
            rowPadding=2,
            labelFontSize=10,
            labelOffset=0,
            symbolSize=16,
            symbolType="circle",
            symbolStrokeWidth=0,
        ),
    )


def _dollars(field: str, first: float, last: float) -> alt.X:
    powers = range(round(math.log10(first)), round(math.log10(last)) + 1)
    return alt.X(
        field,
        title="US dollars an instance",
        scale=alt.Scale(type="log", domain=[first, last], nice=False),
        axis=alt.Axis(
            values=[10.0**power for power in powers], format="~g", grid=False, labelFlush=False
        ),
    )


def _share() -> alt.Y:
    return alt.Y(
        "share:Q",
        title="covered",
        scale=alt.Scale(domain=[0, _TOP]),
        axis=alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    )


def _colour() -> alt.Color:
    scale = _scale((COLOURS[7], COLOURS[0], COLOURS[1]))
    return alt.Color("kind:N", title=None, legend=legend_below(3), scale=scale)


def _shape() -> alt.Shape:
    scale = _scale((SHAPES[0], SHAPES[1], SHAPES[3]))
    return alt.Shape("kind:N", title=None, legend=legend_below(3), scale=scale)


def _scale(values: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(_KINDS), range=list(values))
