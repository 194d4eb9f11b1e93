"""A comparison on the screen and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from soundly.bench.report.choosing import compare_runs
from soundly.bench.report.comparison import Compared, Comparison, Pair
from soundly.charts.amounts import dollars
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line
from soundly.statistics.bootstrap import Estimate

_MOST_CHANGED = 10


def run_compare(
    first: Path,
    second: Path | None,
    *,
    system: str | None,
    with_system: str | None,
    as_json: bool,
) -> Exit:
    """Compare, and print what came of it."""
    found = compare_runs(first, second, system=system, with_system=with_system)
    if as_json:
        print(json.dumps({"comparisons": [_document(each) for each in found]}))
        return Exit.OK
    console = open_console()
    for number, each in enumerate(found):
        if number:
            console.print()
        _print(console, each)
    return Exit.OK


def _print(console: Console, found: Comparison) -> None:
    console.print(
        Text.assemble(
            (one_line(str(found.first)), "bold"),
            ("  against  ", "quiet"),
            (one_line(str(found.second)), "bold"),
        )
    )
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="label")
    table.add_column("family", overflow="fold")
    for name in ("first", "second", "difference", "p", "Holm", "tokens", "dollars"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in (*found.families, found.overall):
        table.add_row(*_row(each))
    console.print(fitting(console, table))
    for said in _remarks(found):
        console.print(Text(said, "quiet"))
    _print_changed(console, found.overall.changed)


def _row(each: Compared) -> list[str]:
    of = len(each.pairs)
    return [
        "all" if each.family is None else one_line(each.family),
        f"{each.counts.both + each.counts.first_only}/{of}",
        f"{each.counts.both + each.counts.second_only}/{of}",
        _estimate(each.coverage, lambda share: f"{share:+.1%}"),
        "-" if each.p_value is None else f"{each.p_value:.2g}",
        "-" if each.adjusted is None else f"{each.adjusted:.2g}",
        "-" if each.tokens is None else _estimate(each.tokens, lambda tokens: f"{tokens:+,.0f}"),
        "-" if each.dollars is None else _estimate(each.dollars, _signed),
    ]


def _remarks(found: Comparison) -> list[str]:
    said = ["first minus second; tokens and dollars are for one session; 95% intervals"]
    overall = found.overall
    if overall.instances < len(overall.pairs):
        said.append(
            f"{plural(len(overall.pairs), 'pair')} of sessions are about "
            f"{plural(overall.instances, 'instance')}: intervals are over instances, and there is "
            "no p where an instance comes several times, because McNemar's test wants independent "
            "pairs"
        )
    if found.left_out:
        said.append(
            f"left out: {plural(found.left_out, 'pair')} of sessions in which a part broke, a "
            "call was refused, or the problem was not for the system"
        )
    if found.alone:
        said.append(f"about what only one of the two met: {plural(found.alone, 'session')}")
    if found.unlike:
        said.append(f"not the same problem in both: {plural(found.unlike, 'pair')} of sessions")
    if any(found.capped_calls):
        first, second = found.capped_calls
        said.append(
            "cut short, and counted at the most that they can have cost: "
            f"{plural(first, 'call')} of the first, {plural(second, 'call')} of the second"
        )
    return said


def _print_changed(console: Console, changed: tuple[Pair, ...]) -> None:
    if not changed:
        return
    console.print(
        Text(f"covered by one alone: {plural(len(changed), 'pair')} of sessions", "label")
    )
    for pair in changed[:_MOST_CHANGED]:
        cell = pair.first.cell
        which = "first" if pair.first.covered else "second"
        said = (
            f"  {which:6} {one_line(cell.family_name)} {one_line(cell.instance_name)}"
            f"  {pair.first.session_id} {pair.second.session_id}"
        )
        console.print(Text(said), soft_wrap=True)
    if len(changed) > _MOST_CHANGED:
        console.print(Text(f"  and {len(changed) - _MOST_CHANGED:,} more: --json", "quiet"))


def _estimate(estimate: Estimate, say: Callable[[float], str]) -> str:
    if estimate.value is None:
        return "-"
    if estimate.low == estimate.high:
        return say(estimate.value)
    if math.isinf(estimate.high):
        return f"{say(estimate.value)}\nno bound"
    return f"{say(estimate.value)}\n{say(estimate.low)} to {say(estimate.high)}"


def _signed(amount: float) -> str:
    sign = "-" if amount < 0 else "+" if amount > 0 else ""
    return f"{sign}{dollars(abs(amount))}"


def _document(found: Comparison) -> dict[str, Any]:
    return {
        "first": str(found.first),
        "second": str(found.second),
        "overall": _compared(found.overall),
        "families": [_compared(each) for each in found.families],
        "left_out": found.left_out,
        "alone": found.alone,
        "unlike": found.unlike,
        "capped_calls": list(found.capped_calls),
    }


def _compared(each: Compared) -> dict[str, Any]:
    counts = each.counts
    return {
        "family": each.family,
        "instances": each.instances,
        "pairs": len(each.pairs),
        "both": counts.both,
        "first_only": counts.first_only,
        "second_only": counts.second_only,
        "neither": counts.neither,
        "coverage": _interval(each.coverage),
        "tokens": None if each.tokens is None else _interval(each.tokens),
        "dollars": None if each.dollars is None else _interval(each.dollars),
        "p_value": each.p_value,
        "holm": each.adjusted,
        "changed": [_changed(pair) for pair in each.changed],
    }


def _interval(estimate: Estimate) -> dict[str, float | None]:
    ends = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return {
        name: end if end is not None and math.isfinite(end) else None for name, end in ends.items()
    }


def _changed(pair: Pair) -> dict[str, Any]:
    cell = pair.first.cell
    return {
        "family": cell.family_name,
        "problem": None if cell.given is None else cell.given.name,
        "size": cell.size,
        "seed": cell.seed,
        "solvable": cell.solvable,
        "covered_by": "first" if pair.first.covered else "second",
        "sessions": [pair.first.session_id, pair.second.session_id],
    }
