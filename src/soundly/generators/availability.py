"""Whether a kind of model can be used here and now, found out without loading anything heavy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Availability:
    """Usable, or the one line that says what is missing and how to get it."""

    usable: bool
    reason: str = ""

    def __post_init__(self) -> None:
        if self.usable == bool(self.reason):
            raise ValueError("a reason stands where something is missing, and nowhere else")


USABLE = Availability(usable=True)


def missing(reason: str) -> Availability:
    """Not usable, for this reason."""
    return Availability(usable=False, reason=reason)


def needs_module(module: str, *, extra: str) -> Availability:
    """Whether a module can be found, without importing it; ``extra`` is where it comes from."""
    try:
        found = find_spec(module) is not None
    except ModuleNotFoundError:
        # The package that the module would be in is not there either.
        found = False
    if not found:
        return missing(f"needs {module}: pip install 'soundly[{extra}]'")
    return USABLE


def needs_variable(*names: str, environ: Mapping[str, str] = os.environ) -> Availability:
    """Whether one of these environment variables is set and not empty."""
    if any(environ.get(name) for name in names):
        return USABLE
    return missing(f"{' or '.join(names)} is not set")
