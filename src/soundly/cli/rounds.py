"""``soundly bench rounds`` on the screen, as JSON, and as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from soundly.bench.planbench.oddity import Oddity
from soundly.bench.planbench.rounds import RoundsCurve, rounds_curves
from soundly.charts.files import require_drawing, require_form, write_picture
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.display.fitting import fitting
from soundly.cli.exits import Exit
from soundly.cli.planbench import tell_oddities, while_reading
from soundly.cli.visible import one_line


def show_rounds(folder: Path, *, out: Path | None, as_json: bool) -> Exit:
    """Judge the conversations, print their curves, draw them where a file is named."""
    if out is not None:
        require_form(out)
        require_drawing()
    oddities: list[Oddity] = []
    with while_reading() as on_file:
        curves = rounds_curves(folder, oddities, on_file=on_file)
    if as_json:
        document = {"curves": [curve.document() for curve in curves]}
        print(json.dumps({**document, "oddities": [each.document() for each in oddities]}))
    else:
        _print(curves)
    if out is not None:
        _draw(curves, out, quietly=as_json)
    tell_oddities(oddities, rest="--json names them all")
    return Exit.USAGE if oddities else Exit.OK


def _draw(curves: Sequence[RoundsCurve], out: Path, *, quietly: bool) -> None:
    from soundly.bench.planbench.rounds_picture import (  # noqa: PLC0415 - loads altair
        rounds_picture,
    )

    path = write_picture(rounds_picture(curves), out)
    if not quietly:
        open_console().print(f"drawn        {one_line(str(path))}", soft_wrap=True)


def _print(curves: Sequence[RoundsCurve]) -> None:
    console = open_console()
    legend = ["asked: still open in this round · solved: accepted by then, of all"]
    if any(len(_told(curve)) < curve.rounds for curve in curves):
        legend.append("left out: rounds in which nothing more was solved; --json has them all")
    console.print(Text("\n".join(legend), "quiet"))
    for curve in curves:
        title = one_line(f"{curve.set} · {curve.model}")
        of = plural(len(curve.conversations), "conversation")
        console.print(Text.assemble((title, "stage"), (f"  {of}", "quiet")))
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), header_style="label")
        for name in ("round", "asked", "solved", "", "95%"):
            table.add_column(name, justify="right", no_wrap=True)
        for number in _told(curve):
            share = curve.solved_by(number)
            low, high = share.interval()
            table.add_row(
                str(number),
                str(curve.open_at(number)),
                f"{share.count}/{share.of}",
                f"{share.count / share.of:.1%}",
                f"{low:.1%} to {high:.1%}",
            )
        console.print(fitting(console, table))
        if wrong := sum(each.stopped_unsolved for each in curve.conversations):
            said = (
                f"{plural(wrong, 'conversation')} stopped as solved, with no answer that we accept"
            )
            console.print(Text(f"  {said}", "quiet"))


def _told(curve: RoundsCurve) -> list[int]:
    """The first round, each in which something was solved, and the last."""
    gains = {each.solved_at for each in curve.conversations if each.solved_at is not None}
    return sorted({1, curve.rounds} | gains)
