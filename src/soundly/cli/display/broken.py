"""Why sessions of a search broke."""

from __future__ import annotations

from collections.abc import Mapping

from soundly.cli.amounts import plural
from soundly.cli.visible import one_line


def first_reason(reasons: Mapping[str, int]) -> str:
    """The first of one or more reasons, and how many others there are; see `System.reasons`."""
    more = len(reasons) - 1
    others = f"; and {plural(more, 'more reason')}" if more else ""
    return f"broke: {one_line(next(iter(reasons)))}{others}"
