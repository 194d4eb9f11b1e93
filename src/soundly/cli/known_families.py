"""``soundly families``."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

from typer import Option

from soundly.cli.exits import Exit
from soundly.cli.visible import one_line

if TYPE_CHECKING:
    from soundly.config.known_families import KnownFamily

_INDENT = "  "


def families(
    *,
    as_json: Annotated[bool, Option("--json", help="Print a JSON list and nothing else.")] = False,
) -> int:
    """List the families of problems: what each asks, draws, solves and guarantees.

    Sizes are those that it draws: from the smallest, to train on up to a second one; larger ones
    test what was learnt beyond. Exit code 30 when a plug-in does not import.
    """
    from soundly.config.known_families import known_families  # noqa: PLC0415 - not for --help

    known = list(known_families())
    if as_json:
        print(json.dumps([_document(each) for each in known]))
    else:
        _show(known)
    return Exit.PART_BROKE if any(each.broken for each in known) else Exit.OK


def _document(each: KnownFamily) -> dict[str, object]:
    sizes = each.sizes
    return {
        "family": each.name,
        "written": each.written,
        "summary": each.summary,
        "smallest": sizes.smallest if sizes else None,
        "trained": sizes.trained if sizes else None,
        "draws_unsolvable": each.draws_unsolvable,
        "explains": each.explains,
        "procedures": list(each.procedures),
        "solvers": list(each.solvers),
        "guarantee": list(each.guarantee),
        "broken": each.broken or None,
    }


def _show(known: list[KnownFamily]) -> None:
    from rich.text import Text  # noqa: PLC0415

    from soundly.cli.display.console import open_console  # noqa: PLC0415

    console = open_console()
    for each in known:
        console.print(Text(each.written, "bad" if each.broken else "label"))
        for said, style in ((each.broken or each.summary, ""), (_abilities(each), "quiet")):
            for line in wrap(one_line(said), console.width - len(_INDENT)):
                console.print(Text(f"{_INDENT}{line}", style))


def _abilities(each: KnownFamily) -> str:
    """What the family brings, in words; nothing of one that does not import."""
    if each.broken:
        return ""
    said = ["draws nothing of its own"]
    if each.sizes is not None:
        said = [f"sizes from {each.sizes.smallest}, trained to {each.sizes.trained}"]
    if each.draws_unsolvable:
        said.append("also without a solution")
    if each.explains:
        said.append("reads explanations")
    if each.procedures:
        said.append(f"teaches {', '.join(each.procedures)}")
    if each.solvers:
        said.append(f"solved by {', '.join(each.solvers)}")
    worth = " and ".join(each.guarantee) or "without a guarantee"
    return "; ".join([*said, f"critic {worth}"])
