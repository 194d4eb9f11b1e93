"""A cascade beside every single model as a picture: coverage against dollars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import altair as alt

from soundly.bench.planbench.cascading import Cascade, Runs
from soundly.charts.look import COLOURS, HEIGHT, INK, SHAPES, WIDTH, Picture
from soundly.core.errors import UsageError

_KINDS: Final = ("one model", "the model compared with", "cascade")


def cascade_picture(found: Cascade) -> Picture:
    """Coverage of the measuring instances against dollars an instance, on a logarithmic axis.

    A bar reaches from the least that a model can have cost to the most, and to the right end where
    nothing bounds it. Raises `UsageError` where something cost nothing, which has no place there.
    """
    compared, name = found.against.single, _name(found)
    others = [runs for runs in found.singles if runs.name != compared.name]
    shown = [*((runs, runs.name, _KINDS[0]) for runs in others)]
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
        layers.append(marks.encode(shape=_shape()).transform_filter(chosen))
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


def _point(runs: Runs, name: str, kind: str, end: float) -> dict[str, object]:
    cost = runs.mean_cost
    return {
        "least": cost.least,
        "most": end if cost.most is None else cost.most,
        "share": runs.covered.count / runs.covered.of,
        "name": name,
        "kind": kind,
    }


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
        scale=alt.Scale(domain=[0, 1.08]),
        axis=alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    )


def _colour() -> alt.Color:
    scale = _scale((COLOURS[7], COLOURS[0], COLOURS[1]))
    return alt.Color("kind:N", title=None, legend=_legend(), scale=scale)


def _shape() -> alt.Shape:
    scale = _scale((SHAPES[0], SHAPES[1], SHAPES[3]))
    return alt.Shape("kind:N", title=None, legend=_legend(), scale=scale)


def _scale(values: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(_KINDS), range=list(values))


def _legend() -> alt.Legend:
    return alt.Legend(orient="bottom", columns=3, symbolOpacity=1, offset=16, columnPadding=24)
