"""The pictures of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import altair as alt

from soundly.bench.frontier import frontier_picture, listed
from soundly.bench.report.asked import asked_apart
from soundly.bench.report.by_size import About, SizeRate
from soundly.bench.report.front import front
from soundly.bench.report.known_sizes import Span
from soundly.bench.report.rounds import RoundsRate
from soundly.bench.report.seen import Error
from soundly.bench.report.systems import Results, by_family, by_system
from soundly.charts.look import HEIGHT, INK, WIDTH, Chart, Picture
from soundly.charts.marks import Marks
from soundly.charts.sizes import Known, SizedRate, sized_chart
from soundly.core.routing import Unit

_APART = " Not all were asked the same instances."
_BAR = 22
_COUNTS = 90
_MOST_BARS = 15


def marks_of(results: Results) -> Marks:
    """A colour and a mark for each system, which it keeps throughout the report."""
    return Marks(tuple(map(str, by_system(results))))


def size_pictures(
    rates: Sequence[SizeRate],
    trained: Callable[[About], Span | None],
    marks: Marks,
    *,
    apart: Collection[About] = (),
) -> Iterator[Picture]:
    """Accuracy against size, a picture for each kind of instances with several sizes.

    Of those that are ``apart``, systems were not asked the same instances.
    """
    for about, of_kind in groupby(rates, key=lambda each: each.about):
        points = [_sized(each) for each in of_kind]
        if len({each.size for each in points}) < 2:
            continue
        sizes = trained(about)
        known = Known(*sizes, "sizes not trained on") if sizes else None
        chart, shaded = sized_chart(points, title="accuracy", known=known, marks=marks)
        caption = f"Right last answers against size, {about}, with 95% intervals"
        caption += "; shaded: sizes not trained on." if shaded else "."
        caption += _APART if about in apart else ""
        yield Picture(f"size-{about}", f"Accuracy by size, {about}", caption, chart)


def front_pictures(results: Results, marks: Marks) -> Iterator[Picture]:
    """Coverage against cost, at equal dollars and at equal tokens, for each family."""
    apart = asked_apart(results)
    said = tuple(each for each in results if each.counted)
    for family, of_family in by_family(said).items():
        for unit in _units(of_family):
            known, left_out = _known(of_family, unit)
            picture = frontier_picture(front(family, known, unit), marks=marks)
            if picture is not None:
                caption = picture.caption + _bounded(known) + _unknown(left_out, unit)
                caption += _APART if family in apart else ""
                yield replace(picture, name=f"front-{unit}-{family}", caption=caption)


def _bounded(results: Results) -> str:
    """Whose costs are upper bounds."""
    capped = [
        str(system)
        for system, of_system in by_system(results).items()
        if any(each.capped_calls for each in of_system)
    ]
    if not capped:
        return ""
    return (
        " Calls that were cut short count at the most that they can have cost, so these cost at "
        f"most what is drawn: {listed(capped)}."
    )


def rounds_picture(rates: Sequence[RoundsRate], marks: Marks) -> Picture | None:
    """What is solved within so many rounds, with bands; None where there are no rounds."""
    if not rates:
        return None
    values = [_round(each) for each in rates]
    labels = list(dict.fromkeys(str(each["series"]) for each in values))
    rounds = sorted({each.rounds for each in rates})
    x = alt.X(
        "at:Q",
        title="rounds",
        scale=alt.Scale(domain=[rounds[0], rounds[-1]], nice=False),
        axis=alt.Axis(
            # stated: of one step Vega would make two, and name both halves by whole numbers
            values=list(range(rounds[0], rounds[-1] + 1)),
            format=",d",
            grid=False,
            labelOverlap=True,
            labelFlush=False,
        ),
    )
    share = alt.Scale(domain=[0, 1])
    base = alt.Chart({"values": values}).encode(x=x, color=marks.colour("series", labels))
    axis = alt.Axis(format="%", tickCount=5)
    # the band has steps like the line: nothing is solved between two rounds
    band = base.mark_area(opacity=0.12, interpolate="step-after").encode(
        y=alt.Y("low:Q", title="solved within", scale=share, axis=axis), y2="high:Q"
    )
    rate = alt.Y("rate:Q", scale=share)
    line = base.mark_line(interpolate="step-after", strokeWidth=1.8).encode(y=rate)
    points = base.mark_point(filled=True, size=46, opacity=1).encode(
        y=rate, shape=marks.shape("series", labels)
    )
    chart = alt.layer(band, line, points).properties(width=WIDTH, height=HEIGHT)
    caption = (
        "Share solved within so many rounds, of instances that are not known to be unsolvable, all "
        "families, with 95% bands."
    )
    return Picture("rounds", "Rounds to success", caption, chart)


def error_picture(errors: Sequence[Error], marks: Marks) -> Picture | None:
    """The most frequent critiques as bars with a part for each system; None without critiques."""
    if not errors:
        return None
    total: Counter[str] = Counter()
    for each in errors:
        total[_what(each)] += each.count
    shown = dict(total.most_common(_MOST_BARS))
    parts = [
        {"what": _what(each), "count": each.count, "series": str(each.system)}
        for each in errors
        if _what(each) in shown
    ]
    sums = [{"what": what, "count": count, "said": f"{count:,}"} for what, count in shown.items()]
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8)
    y = alt.Y("what:N", title=None, sort=list(shown), axis=axis)
    x = alt.X("count:Q", title="critiques", axis=alt.Axis(format="~s", tickCount=5, tickMinStep=1))
    systems = list(dict.fromkeys(str(each["series"]) for each in parts))
    bars = (
        alt.Chart({"values": parts})
        .mark_bar(opacity=0.75, height=_BAR * 0.6)
        .encode(y=y, x=x, color=marks.colour("series", systems))
    )
    counts = (
        alt.Chart({"values": sums})
        .mark_text(align="left", dx=6, color=INK, fontSize=11)
        .encode(y=y, x=x, text="said:N")
    )
    chart: Chart = alt.layer(bars, counts).properties(width=WIDTH - _COUNTS, height=alt.Step(_BAR))
    left = len(total) - len(shown)
    caption = "What was wrong with answers, by the critiques' codes and by system"
    caption += f"; {left} rarer ones stand in the table." if left else "."
    return Picture("errors", "What was wrong", caption, chart)


def _what(each: Error) -> str:
    return f"{each.code} ({each.kind})"


def _units(results: Results) -> Iterator[Unit]:
    """Those in which something was paid."""
    if any(each.spend.dollars for each in results):
        yield "dollars"
    if any(each.spend.tokens for each in results):
        yield "tokens"


def _known(results: Results, unit: Unit) -> tuple[Results, int]:
    """The results of systems whose whole cost is known, and how many systems have another."""
    systems = by_system(results).values()
    known = [
        of_system
        for of_system in systems
        if not any(
            each.unpriced_calls if unit == "dollars" else each.uncounted_calls for each in of_system
        )
    ]
    return tuple(each for of_system in known for each in of_system), len(systems) - len(known)


def _unknown(systems: int, unit: Unit) -> str:
    if not systems:
        return ""
    who = "one system" if systems == 1 else f"{systems:,} systems"
    return f" Left out: {who} whose {'prices' if unit == 'dollars' else 'tokens'} nobody knows."


def _sized(each: SizeRate) -> SizedRate:
    share = each.right.share
    low, high = share.interval()
    return SizedRate(str(each.system), each.size, share.count / share.of, low, high)


def _round(each: RoundsRate) -> dict[str, object]:
    share = each.solved.share
    low, high = share.interval()
    return {
        "at": each.rounds,
        "series": str(each.system),
        "rate": share.count / share.of,
        "low": low,
        "high": high,
    }
