"""Plug-ins by entry points; built-ins are registered the same way as strangers.

A plug-in that does not import and a name that is taken twice are loud errors that name the
distribution: an entry that is silently missing would be taken for one that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, TypeAlias

from soundly.core.errors import PluginError, UnknownNameError

Group: TypeAlias = Literal["families", "critics", "generators", "strategies", "solvers"]

_SINGULAR: dict[Group, str] = {
    "families": "family",
    "critics": "critic",
    "generators": "model provider",
    "strategies": "strategy",
    "solvers": "solver",
}


def names(group: Group) -> tuple[str, ...]:
    """The names registered in a group, sorted; raises `PluginError` if one is taken twice."""
    return tuple(sorted(_entries(group)))


def load(group: Group, name: str) -> Any:  # noqa: ANN401 - whatever the plug-in registered
    """What is registered under a name.

    Raises `UnknownNameError` for a name that nobody registered and `PluginError` for a plug-in
    that does not import.
    """
    entries = _entries(group)
    if name not in entries:
        raise UnknownNameError(_SINGULAR[group], name, entries)
    entry = entries[name]
    try:
        return entry.load()
    except Exception as error:  # a stranger's module can raise anything while it is imported
        raise PluginError(
            f"{_SINGULAR[group]} {name!r} of {_distribution(entry)} does not import: "
            f"{type(error).__name__}: {error}"
        ) from error


def unique(group: Group, found: Iterable[EntryPoint]) -> dict[str, EntryPoint]:
    """Entry points by name; raises `PluginError` when two distributions claim the same one."""
    entries: dict[str, EntryPoint] = {}
    for entry in found:
        other = entries.get(entry.name)
        if other is not None and other.value != entry.value:
            raise PluginError(
                f"{_SINGULAR[group]} {entry.name!r} is registered by both {_distribution(other)} "
                f"and {_distribution(entry)}; uninstall one"
            )
        entries[entry.name] = entry
    return entries


@cache
def _entries(group: Group) -> dict[str, EntryPoint]:
    return unique(group, entry_points(group=f"soundly.{group}"))


def _distribution(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
