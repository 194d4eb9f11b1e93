"""The largest size that a family's training split has."""

from __future__ import annotations

from collections.abc import Iterable

from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.core.family import Draws


def trained_sizes(families: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The smallest and the largest size to train on, for the families that draw and are known."""
    return {name: sizes for name in families if (sizes := _sizes(name)) is not None}


def _sizes(name: str) -> tuple[int, int] | None:
    try:
        family = make_family(name)
    except UsageError:
        # a run from elsewhere may name a plug-in's family; its numbers are shown without shade
        return None
    return (family.dial.smallest, family.dial.trained) if isinstance(family, Draws) else None
