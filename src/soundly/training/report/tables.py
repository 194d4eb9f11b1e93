"""The tables of a run's report."""

from __future__ import annotations

import math
from collections.abc import Sequence

from soundly.charts.tables import Column, Table, percent
from soundly.statistics.intervals import Proportion
from soundly.training.events import Measured
from soundly.training.report.history import Figure, Stage

_NONE = "-"


def stage_table(stages: Sequence[Stage]) -> Table:
    """A line for each stage: how far it came, how fast, and where it stands.

    Lowest loss and best reward are of single steps; steps without a finite loss are counted.
    """
    ends = [stage.steps[-1] for stage in stages]
    rewards = [[each.reward or 0.0 for each in stage.rewarded] for stage in stages]
    columns = [
        Column("stage", tuple(stage.name for stage in stages), number=False),
        Column("steps", tuple(f"{end.step:,}" for end in ends)),
        Column("tokens", tuple(f"{end.tokens:,}" for end in ends)),
        Column("seconds", tuple(_seconds(end.seconds) for end in ends)),
        Column("tokens/s", tuple(_speed(stage) for stage in stages)),
        Column("last loss", tuple(_number(end.loss) for end in ends)),
        Column("lowest loss", tuple(_number(_lowest(stage)) for stage in stages)),
    ]
    if any(rewards):
        last = (_number(found[-1]) if found else _NONE for found in rewards)
        best = (_number(max(found)) if found else _NONE for found in rewards)
        columns += [Column("last reward", tuple(last)), Column("best reward", tuple(best))]
    lost = [sum(not math.isfinite(each.loss) for each in stage.steps) for stage in stages]
    if any(lost):
        columns.append(Column("steps without a finite loss", tuple(map(str, lost))))
    return Table(tuple(columns))


def figure_table(figure: Figure, measured: Sequence[Measured]) -> Table:
    """A line for each of these measurements, with counts, rate and 95% interval.

    What no line has (a size, tokens, seconds) has no column; the broken answers always have one.
    """
    columns = [
        Column("series", tuple(map(figure.label, measured)), number=False),
        Column("stage", tuple(each.stage for each in measured), number=False),
        Column("step", tuple(f"{each.step:,}" for each in measured)),
    ]
    if any(each.size is not None for each in measured):
        sizes = (_NONE if each.size is None else f"{each.size:,}" for each in measured)
        columns.append(Column("size", tuple(sizes)))
    columns += [
        Column("right", tuple(f"{each.right:,} of {each.of:,}" for each in measured)),
        Column("rate", tuple(map(_rate, measured))),
        Column("95% interval", tuple(map(_interval, measured))),
        Column("broken", tuple(f"{each.broken:,}" for each in measured)),
    ]
    if any(each.tokens for each in measured):
        columns.append(Column("tokens", tuple(f"{each.tokens:,}" for each in measured)))
    if any(each.seconds for each in measured):
        columns.append(Column("seconds", tuple(_seconds(each.seconds) for each in measured)))
    return Table(tuple(columns))


def broken_sentence(figures: Sequence[Figure]) -> str | None:
    """How many answers were not judged, in words; None where all were."""
    broken = sum(figure.broken for figure in figures)
    if not broken:
        return None
    were = "1 answer was" if broken == 1 else f"{broken:,} answers were"
    return f"{were} not judged, because a critic broke; no rate counts them, right or wrong."


def _rate(measured: Measured) -> str:
    return percent(measured.right / measured.of) if measured.of else _NONE


def _interval(measured: Measured) -> str:
    if not measured.of:
        return _NONE
    low, high = Proportion(measured.right, measured.of).interval()
    return f"{percent(low)} to {percent(high)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:,.1f}" if seconds < 100 else f"{seconds:,.0f}"


def _speed(stage: Stage) -> str:
    speed = stage.tokens_per_second
    return _NONE if speed is None else f"{speed:,.0f}"


def _lowest(stage: Stage) -> float:
    return min((each.loss for each in stage.steps if math.isfinite(each.loss)), default=math.nan)


def _number(value: float | None) -> str:
    return f"{value:.3g}" if value is not None and math.isfinite(value) else _NONE
