"""What a run can cost at most, before anything is spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from soundly.bench.runs.models import Models
from soundly.bench.suites.asked import problem_of, strategy_of
from soundly.bench.suites.bounds import FREE, Bound, bound_of
from soundly.bench.suites.cell import Cell
from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.core.spend import Budget
from soundly.generators.retry import RetryPolicy

_T = TypeVar("_T", int, float)

TRIES = RetryPolicy().max_tries
"""How often a call is tried that fails in passing; each try is booked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPlan:
    """The sessions of one system (a strategy with a model), and the most that they can cost.

    ``most`` counts no call that is tried again; None in it is not known, because neither the
    strategy nor the session's budget limits it. ``instances`` counts different problems, and
    ``unaskable`` the sessions whose problem cannot be put to the model: they end as refused, and
    cost nothing. ``why`` is the reason of the first.
    """

    strategy: str
    model: str | None
    sessions: int
    instances: int
    most: Bound
    unaskable: int = 0
    why: str = ""


def plan_of(cells: Sequence[Cell], models: Models) -> tuple[SystemPlan, ...]:
    """The plan of each system, in the order in which they come up.

    Every instance is drawn and put into words.
    """
    grouped: dict[tuple[str, str | None], list[Cell]] = {}
    for cell in cells:
        grouped.setdefault((cell.strategy, cell.model), []).append(cell)
    return tuple(_system_plan(some, models) for some in grouped.values())


def _system_plan(cells: Sequence[Cell], models: Models) -> SystemPlan:
    bounds, faults = [], []
    for cell in cells:
        try:
            bounds.append(cell_bound(cell, models))
        except UsageError as error:
            faults.append(str(error))
    return SystemPlan(
        strategy=cells[0].strategy,
        model=cells[0].model,
        sessions=len(cells),
        instances=len({cell.instance for cell in cells}),
        most=total(bounds),
        unaskable=len(faults),
        why=faults[0] if faults else "",
    )


def cell_bound(cell: Cell, models: Models, *, tries: int = 1) -> Bound:
    """The most that the cell's session can cost, every call being tried so often.

    Raises `UsageError` for a problem that cannot be put to the cell's model.
    """
    family = make_family(cell.family_name)
    own = bound_of(strategy_of(cell), models.of(cell), family, problem_of(cell))
    budget = cell.budget
    return Bound(
        _least(own.calls, budget.calls, tries),
        _least(own.tokens, budget.tokens, tries),
        _least(own.dollars, budget.dollars, tries),
    )


def total(bounds: Iterable[Bound]) -> Bound:
    """All bounds together; what one of them does not know, the total does not."""
    some = tuple(bounds)
    return Bound(
        _sum((bound.calls for bound in some), 0),
        _sum((bound.tokens for bound in some), 0),
        _sum((bound.dollars for bound in some), 0.0),
    )


def require_bounds(cells: Iterable[Cell], models: Models, budget: Budget) -> dict[str, Bound]:
    """The bound of each cell by its id, where the run's budget limits anything but seconds.

    The run sets a session's bound aside before it begins. Raises `UsageError` where a cell has none
    in what is limited.
    """
    limited = [name for name in ("calls", "tokens", "dollars") if getattr(budget, name) is not None]
    if not limited:
        return {}
    bounds = {}
    for cell in cells:
        try:
            bound = cell_bound(cell, models, tries=TRIES)
        except UsageError:
            bound = FREE
        bounds[cell.id] = bound
        for name in limited:
            if getattr(bound, name) is None:
                key = "usd" if name == "dollars" else name
                raise UsageError(
                    f"--budget limits {name}, and nothing limits them for one session of "
                    f"{cell.strategy}: give the suite a [budget] with {key}"
                )
    return bounds


def _least(own: _T | None, limit: _T | None, tries: int) -> _T | None:
    if own is None:
        return limit
    return own * tries if limit is None else min(own * tries, limit)


def _sum(values: Iterable[_T | None], total: _T) -> _T | None:
    for value in values:
        if value is None:
            return None
        total += value
    return total
