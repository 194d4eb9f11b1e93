"""Spans of sizes, as they are typed."""

from __future__ import annotations

import re
from typing import Final

from soundly.core.errors import UsageError

_SPAN: Final = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")


def parse_span(text: str, *, name: str = "sizes") -> tuple[int, int]:
    """The least and the greatest size of ``3-8``, both the same in ``5``.

    Raises `UsageError`, by ``name``, for a text that is no span, or one that runs backwards.
    """
    match = _SPAN.fullmatch(text.strip())
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high:
        raise UsageError(f"{name} is {text!r:.60}, wanted one as in 5, or a span as in 3-8")
    return low, high
