"""A router's choice, on one line and a table."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from soundly.charts.amounts import dollars
from soundly.cli.amounts import duration
from soundly.cli.visible import one_line
from soundly.core.routing import Considered, RouteChosen, Unit

_MOST = 8


def route_chosen(event: RouteChosen) -> RenderableType:
    """The choice in words, and the candidates that it was made from, eight at most."""
    style = "spent" if event.fell_back else "stage"
    said = Text.assemble(("→ ", style), ("route: ", "label"), one_line(event.reason))
    if not event.considered:
        return said
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="label")
    table.add_column("")
    table.add_column("considered", overflow="fold")
    for name in ("covered", "at least", cost_heading(event.unit)):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", overflow="fold", style="quiet")
    for each in event.considered[:_MOST]:
        chosen = not event.fell_back and (each.model, each.strategy) == (
            event.model,
            event.strategy,
        )
        table.add_row(*_row(each, event.unit, chosen=chosen))
    return Group(said, Text(), table)


def cost_heading(unit: Unit) -> str:
    """What a column of costs is called."""
    return {"dollars": "cost", "tokens": "tokens", "seconds": "time"}[unit]


def cost(amount: float | None, unit: Unit) -> str:
    """An amount of the unit, or a hyphen where there is none."""
    if amount is None:
        return "-"
    if unit == "dollars":
        return dollars(amount)
    return f"{amount:,.0f}" if unit == "tokens" else duration(amount)


def _row(each: Considered, unit: Unit, *, chosen: bool) -> list[str | Text]:
    name = f"{each.model} · {each.strategy}" if each.model else each.strategy
    return [
        Text("→" if chosen else " ", "stage"),
        one_line(name),
        f"{each.covered}/{each.sessions}",
        f"{each.at_least:.1%}",
        cost(each.cost, unit),
        one_line(each.ruled_out or ""),
    ]
