"""``soundly bench cascade`` on the screen and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from soundly.bench.planbench.cascade_document import cascade_document
from soundly.bench.planbench.cascading import Against, Cascade, Runs, Split, cascade_over
from soundly.bench.planbench.cost import Cost
from soundly.bench.planbench.crowds import Crowd, crowds_over
from soundly.bench.planbench.oddity import Oddity
from soundly.bench.planbench.stages import sets_with_stages, stage_tables
from soundly.charts.amounts import dollars
from soundly.charts.files import require_drawing, require_form, write_picture
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.exits import Exit
from soundly.cli.planbench import tell_oddities, while_reading
from soundly.cli.visible import one_line
from soundly.core.errors import UsageError
from soundly.statistics.bootstrap import Estimate

_LEGEND = "dollars: for one instance; bounds where the tokens are not stored"


def show_cascades(
    folder: Path,
    *,
    split: Split,
    coverage: float | None,
    against: str | None,
    sets: Sequence[str],
    without: Sequence[str],
    out: Path | None,
    as_json: bool,
) -> Exit:
    """Learn, measure and print a cascade for each domain; USAGE where a file was at fault."""
    if out is not None:
        require_form(out)
        require_drawing()
        # before the answers are judged, which takes minutes
        _require_one(sets_with_stages(folder, sets=sets, without=without, against=against))
    if coverage is not None and not 0 <= coverage <= 1:
        raise UsageError(f"coverage is {coverage:g}, wanted a share from 0 to 1")
    oddities: list[Oddity] = []
    with while_reading() as on_file:
        tables = stage_tables(folder, oddities, sets=sets, without=without, on_file=on_file)
    tables = [table for table in tables if len(table.shared().stages) > 1]
    if against is not None:
        tables = [table for table in tables if table.has(against)] or tables
    if not tables:
        raise UsageError(f"{folder}: no domain has answers of two models or prompts to escalate")
    if out is not None:
        _require_one([table.set for table in tables])
    found = [
        (
            cascade_over(table, split=split, coverage=coverage, against=against),
            crowds_over(table, split=split),
        )
        for table in tables
    ]
    if as_json:
        print(json.dumps(cascade_document(found, oddities)))
    else:
        console = open_console()
        console.print(Text(_LEGEND, "quiet"))
        for cascade, crowds in found:
            _print(console, cascade, crowds)
    if out is not None:
        _draw(found[0][0], out, quietly=as_json)
    tell_oddities(oddities, rest="--json names them all")
    return Exit.USAGE if oddities else Exit.OK


def _require_one(sets: Sequence[str]) -> None:
    """Raise `UsageError` where a picture would have to show several domains."""
    if len(sets) > 1:
        same = len(set(sets)) == 1
        choose = "name the folder of one generation" if same else "choose by --set"
        among = "" if same else f" among {one_line(', '.join(sets))}"
        raise UsageError(f"a picture shows one domain, and there are {len(sets)}: {choose}{among}")


def _draw(found: Cascade, out: Path, *, quietly: bool) -> None:
    from soundly.bench.planbench.cascade_picture import (  # noqa: PLC0415 - loads altair
        cascade_picture,
    )

    path = write_picture(cascade_picture(found), out)
    if not quietly:
        open_console().print(f"drawn        {one_line(str(path))}", soft_wrap=True)


def _print(console: Console, found: Cascade, crowds: Sequence[Crowd]) -> None:
    measured = (
        f"learned on {found.learned_on} instances, measured on {found.runs.covered.of} others"
    )
    console.print(Text.assemble((one_line(found.set), "stage"), (f"  {measured}", "quiet")))
    for number, stage in enumerate(found.order, 1):
        console.print(f"  {number}. {one_line(stage.name)}", highlight=False, markup=False)
    table = fitting(console, _rows(found, crowds), indent=2)
    console.print(Padding(table, (0, 0, 0, 2), expand=False))
    said = [Text(line) for line in _beside(found.against)]
    left_out = [f"left out: {one_line(stage.name)}: {why}" for stage, why in found.left_out.items()]
    for line in [*said, *(Text(each, "quiet") for each in left_out)]:
        console.print(Padding(line, (0, 0, 0, 2), expand=False))


def _rows(found: Cascade, crowds: Sequence[Crowd]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="label")
    table.add_column("", overflow="fold")
    for name in ("covered", "95%", "dollars"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row(*_row("cascade", found.runs), style="bold")
    table.add_row(*_row(one_line(found.against.single.name), found.against.single))
    for crowd in crowds:
        table.add_row(*_row(f"vote of {len(crowd.stages)}", crowd.vote))
        table.add_row(*_row(f"best of {len(crowd.stages)}", crowd.best_of))
    return table


def _row(name: str, runs: Runs) -> list[str]:
    low, high = runs.covered.interval()
    return [
        name,
        f"{runs.covered.count}/{runs.covered.of}",
        f"{low:.1%} to {high:.1%}",
        _dollars(runs.mean_cost),
    ]


def _dollars(cost: Cost) -> str:
    if cost.exact is not None:
        return dollars(cost.exact)
    if cost.most is None:
        return f"{dollars(cost.least)} or more"
    return f"{dollars(cost.least)} to {dollars(cost.most)}"


def _beside(against: Against) -> list[str]:
    """The paired differences in words."""
    paired = against.paired
    changed = f"{paired.first_only} instances gained, {paired.second_only} lost"
    if paired.first_only == paired.second_only == 0:
        # resampling what does not differ has no width, and would look like certainty
        said = ["cascade and model cover the same instances"]
    else:
        said = [
            f"cascade less model: covered {_points(paired.difference_estimate())}",
            f"{changed} (McNemar p = {paired.mcnemar():.2g})",
        ]
    if (saved := against.saved_least) is not None:
        said.append(
            f"saves at least {_signed(saved.value or 0.0)} an instance "
            f"(95%: {_signed(saved.low)} to {_signed(saved.high)})"
        )
    else:
        said.append("nothing bounds what it saves: tokens that were thought are not stored")
    if (times := against.times_less) is not None:
        said.append(
            f"the model costs at least {times.value:.3g} times as much "
            f"(95%: {times.low:.3g} to {times.high:.3g})"
        )
    return said


def _points(estimate: Estimate) -> str:
    value = estimate.value or 0.0
    return f"{value:+.1%} (95%: {estimate.low:+.1%} to {estimate.high:+.1%})"


def _signed(amount: float) -> str:
    return f"-{dollars(-amount)}" if amount < 0 else dollars(amount)
