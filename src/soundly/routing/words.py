"""A router's choice in words, with the numbers that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from soundly.core.routing import Considered, Unit
from soundly.routing.asked import Route


def short(model: str | None, strategy: str) -> str:
    """``openai:gpt-5-mini with refine``, or a solver's name alone."""
    return f"{model} with {strategy}" if model else strategy


def amount(value: float, unit: Unit) -> str:
    """``$0.0021``, ``412 tokens``, ``0.4 seconds``."""
    if unit == "dollars":
        return f"${value:.4g}"
    return f"{value:,.0f} tokens" if unit == "tokens" else f"{value:.2g} seconds"


def chosen_words(
    best: Considered,
    fit: Sequence[Considered],
    table: Sequence[Considered],
    *,
    size: int | None,
    route: Route,
    unit: Unit,
) -> str:
    """What was chosen, on which record, and what the others lacked."""
    record = f"{best.covered} of {best.sessions} sessions of size {best.sizes}"
    cost = amount(best.cost or 0.0, unit)
    asked = f"asked: {route.coverage:.0%}, with confidence {route.confidence:.0%}"
    shown = f"so at least {best.at_least:.1%} ({asked})"
    said = [f"{short(best.model, best.strategy)} covered {record}, {shown}, at {cost} for each"]
    if best.sizes != str(size):
        said.append(f"sessions of larger sizes count for size {size}, smaller ones do not")
    others = len(fit) - 1
    if others:
        said.append(f"cheapest in {unit} of {len(fit)} that cover enough")
    if short_of := len(table) - len(fit):
        said.append(f"{short_of} ruled out")
    return "; ".join(said)


def fallen_back_words(table: Sequence[Considered]) -> str:
    """Why nothing was chosen: of each candidate what it lacks, the first three of them."""
    lacking = [f"{short(each.model, each.strategy)}: {each.ruled_out}" for each in table[:3]]
    more = f" … and {len(table) - 3} more" if len(table) > 3 else ""
    return f"nothing is shown to cover enough ({'; '.join(lacking)}{more})"
