"""The sizes of a search, as they are typed: a span, with a step where there are many."""

from __future__ import annotations

from soundly.cli.spans import parse_span
from soundly.core.errors import UsageError

MOST_SIZES = 200


def parse_sizes(text: str) -> tuple[int, ...]:
    """The sizes that the text spells: ``5``, ``3-12`` (or ``3:12``), or every third, ``3-30/3``.

    Raises `UsageError` for any other text, and for more than 200 sizes.
    """
    span, slash, step = text.strip().partition("/")
    low, high = parse_span(span.replace(":", "-", 1))
    if slash and not (step.isascii() and step.isdigit() and int(step)):
        raise UsageError(f"sizes is {text!r:.60}, wanted every n-th one as in 3-30/3")
    found = range(low, high + 1, int(step or 1))
    if len(found) > MOST_SIZES:
        raise UsageError(f"sizes are {len(found)}, wanted at most {MOST_SIZES}: 3-3000/20, say")
    return tuple(found)
