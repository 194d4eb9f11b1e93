"""Numbers with their nouns, for what the kernel says."""

from __future__ import annotations


def amount(count: int, one: str, many: str | None = None) -> str:
    """``1 step``, ``2 steps``; ``many`` is for words that take more than an s."""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"
