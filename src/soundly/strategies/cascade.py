"""Strategies and solvers tried in turn, usually from the cheap and general to the special."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import count

from soundly.core.errors import BudgetExhausted, UsageError
from soundly.core.session import Attempt, Result, Session, Strategy


async def cascade(session: Session, *, stages: Sequence[Strategy]) -> Result:
    """What the first successful stage stands behind, or the last failed attempt returned, or None.

    Each stage is credited under its own name. A stage that the budget refuses a call does not end
    the cascade: a later stage may need no calls. If nothing is found then, the refusal ends it. A
    stage that breaks ends the cascade: a broken part is never skipped in silence.
    """
    if not stages:
        raise UsageError("cascade: no stages, wanted at least one")
    refused: BudgetExhausted | None = None
    last: Attempt | None = None
    for name, stage in zip(_names(stages), stages, strict=True):
        try:
            result = await stage(session.part(name))
        except BudgetExhausted as signal:
            refused = refused or signal
            continue
        if isinstance(result, Attempt) and not result.accepted:
            last = result
        elif result is not None:
            return result
    if refused is not None:
        raise refused
    return last


def _names(stages: Sequence[Strategy]) -> list[str]:
    """The stages' names, numbered where one stands twice."""
    plain = [_name(stage) for stage in stages]
    seen = {name: count(1) for name in plain}
    return [f"{name}-{next(seen[name])}" if plain.count(name) > 1 else name for name in plain]


def _name(stage: Strategy) -> str:
    if isinstance(stage, partial):
        solver = stage.keywords.get("solver")
        return str(solver.name) if solver is not None else _name(stage.func)
    return str(getattr(stage, "__name__", type(stage).__name__)).replace("_", "-")
