"""Which sizes a world draws, and the refusal of all others."""

from __future__ import annotations

from soundly.core.errors import UsageError


def require_size(size: int, smallest: int, largest: int, noun: str) -> None:
    """Nothing for a size from ``smallest`` to ``largest``, both of which are drawn.

    Raises `UsageError` for any other. Each world has a largest size because time and statement
    grow with it: without one, a slip of the keyboard would hang.
    """
    if not smallest <= size <= largest:
        raise UsageError(f"size is {size}, wanted {smallest} to {largest} {noun}")
