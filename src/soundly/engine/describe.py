"""The name of a strategy as traces and reports show it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any


def describe(strategy: Callable[..., Any]) -> str:
    """``refine:rounds=3`` for ``partial(refine, rounds=3)``; a cascade's stages joined by ``+``."""
    if isinstance(strategy, partial):
        options = dict(strategy.keywords)
        stages = options.pop("stages", None)
        solver = options.pop("solver", None)
        if stages is not None:
            return "+".join(describe(stage) for stage in stages)
        if solver is not None:
            return str(solver.name)
        shown = ",".join(f"{key}={value}" for key, value in options.items())
        name = describe(strategy.func)
        return f"{name}:{shown}" if shown else name
    return str(getattr(strategy, "__name__", type(strategy).__name__))
