"""Corrections of p-values where many comparisons are made."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the given order: reject those at most alpha.

    The chance of any wrong rejection is then at most alpha, however the tests depend on each other
    (Holm, 1979, step down).
    """
    order = _ascending(p_values)
    adjusted = [0.0] * len(order)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the given order: reject those at most q.

    The expected share of wrong rejections among all is then at most q, where the tests are
    independent or positively dependent (Benjamini and Hochberg, 1995, step up).
    """
    order = _ascending(p_values)
    adjusted = [0.0] * len(order)
    lowest = 1.0
    for rank in range(len(order), 0, -1):
        index = order[rank - 1]
        lowest = min(lowest, p_values[index] * len(order) / rank)
        adjusted[index] = lowest
    return tuple(adjusted)


def _ascending(p_values: Sequence[float]) -> list[int]:
    if any(not 0 <= value <= 1 for value in p_values):
        raise ValueError(f"wanted p-values from 0 to 1, got {list(p_values)}")
    return sorted(range(len(p_values)), key=lambda index: p_values[index])
