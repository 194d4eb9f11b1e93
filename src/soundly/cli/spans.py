"""Sizes as people type them."""

from __future__ import annotations

import re

from soundly.core.errors import UsageError

_SIZES = re.compile(r"([1-9][0-9]{0,5})(?:[-:]([1-9][0-9]{0,5})(?:/([1-9][0-9]{0,5}))?)?")
MOST_SIZES = 200


def parse_sizes(text: str) -> tuple[int, ...]:
    """The sizes that the text spells: ``5``, ``3-12`` or ``3-30/3``; raises `UsageError`."""
    match = _SIZES.fullmatch(text.strip())
    low, high, step = (
        (int(match[1]), int(match[2] or match[1]), int(match[3] or 1)) if match else (1, 0, 1)
    )
    found = range(low, high + 1, step)
    if not found:
        raise UsageError(f"sizes is {text!r:.60}, wanted a span as in 3-12 or 3-30/3")
    if len(found) > MOST_SIZES:
        raise UsageError(f"sizes are {len(found)}, wanted at most {MOST_SIZES}: 3-3000/20, say")
    return tuple(found)
