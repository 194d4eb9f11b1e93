"""Which sandboxes for code that is not ours are there, and what the others lack."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from soundly.critics.sandbox import bubblewrap


def sandboxes() -> Iterator[tuple[str, str]]:
    """The name of each sandbox and what it lacks; nothing where it is usable."""
    found = find_spec("pydantic_monty") is not None
    yield "pydantic-monty", "" if found else "not installed: pip install pydantic-monty"
    yield "bubblewrap", bubblewrap.lacking()
