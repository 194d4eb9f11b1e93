"""The kinds of traces by the names that recipes call them by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from soundly.core.errors import UnknownNameError
from soundly.training.traces.best_first import BestFirst
from soundly.training.traces.depth_first import DepthFirst
from soundly.training.traces.progression import Progression
from soundly.training.traces.untraced import Untraced
from soundly.training.traces.written import Tracing

KINDS: Final[Mapping[str, Tracing]] = MappingProxyType(
    {
        "none": Untraced(),
        "best-first": BestFirst(),
        "depth-first": DepthFirst(),
        "progression": Progression(),
    }
)


def tracing(name: str) -> Tracing:
    """The algorithm behind a kind of trace; raises `UnknownNameError` for a kind there is not."""
    if name not in KINDS:
        raise UnknownNameError("kind of trace", name, KINDS)
    return KINDS[name]
