"""The curves of training: loss and reward, thinned to what a picture can show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import altair as alt

from soundly.charts.look import COLOURS, HEIGHT, WIDTH, Chart, Picture
from soundly.training.report.history import Stage

_MOST_POINTS = 240


def loss_picture(stage: Stage, *, name: str) -> Picture | None:
    """The loss against tokens; None where no step has a finite loss."""
    points = [(each.tokens, each.loss) for each in stage.steps if math.isfinite(each.loss)]
    if not points:
        return None
    x = _along("tokens", "~s")
    y = alt.Y("low:Q", title="loss", scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6))
    caption = f"Loss of each step against tokens, stage {stage.name}{_thinned(len(points))}"
    return Picture(name, f"Loss, stage {stage.name}", caption, _curve(points, x, y, COLOURS[0]))


def reward_picture(stage: Stage, *, name: str) -> Picture | None:
    """The mean verified reward against steps; None where no step has one."""
    points = [(each.step, each.reward) for each in stage.steps if each.reward is not None]
    if not points:
        return None
    x = _along("step", ",d")
    y = alt.Y("low:Q", title="reward", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=6))
    caption = f"Mean verified reward of each step, stage {stage.name}{_thinned(len(points))}"
    return Picture(name, f"Reward, stage {stage.name}", caption, _curve(points, x, y, COLOURS[2]))


def _along(title: str, number: str) -> alt.X:
    axis = alt.Axis(format=number, grid=False, tickCount=8, tickMinStep=1)
    return alt.X("at:Q", title=title, axis=axis, scale=alt.Scale(nice=False, zero=False))


def _together(count: int) -> int:
    """How many neighbouring steps make one point, so that there are at most 240."""
    return math.ceil(count / _MOST_POINTS)


def _thinned(count: int) -> str:
    each = _together(count)
    return "." if each == 1 else f". The line is the mean of {each} steps, the band their range."


def _curve(points: Sequence[tuple[int, float]], x: alt.X, y: alt.Y, colour: str) -> Chart:
    """A band from the lowest to the highest value of each group, and their mean as a line."""
    base = alt.Chart({"values": list(_groups(points))}).encode(x=x)
    band = base.mark_area(color=colour, opacity=0.22).encode(y=y, y2="high:Q")
    line = base.mark_line(color=colour, strokeWidth=1.8, point=len(points) == 1)
    return alt.layer(band, line.encode(y="mean:Q")).properties(width=WIDTH, height=HEIGHT)


def _groups(points: Sequence[tuple[int, float]]) -> Iterator[dict[str, float]]:
    each = _together(len(points))
    for start in range(0, len(points), each):
        group = points[start : start + each]
        values = [value for _, value in group]
        yield {
            "at": group[-1][0],
            "mean": sum(values) / len(values),
            "low": min(values),
            "high": max(values),
        }
