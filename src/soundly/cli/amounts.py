"""Amounts in words: calls, tokens, dollars, seconds."""

from __future__ import annotations

from soundly.charts.amounts import dollars
from soundly.core.spend import Budget, Spend


def plural(count: int, noun: str) -> str:
    """``1 call``, ``2,000 calls``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def duration(seconds: float) -> str:
    """Seconds as people say them: ``340 ms``, ``4.2 s``, ``3 min 05 s``."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def bill(spend: Spend, *, unpriced_calls: int = 0) -> str:
    """Calls, tokens, dollars and seconds on one line.

    With ``unpriced_calls`` the dollars are only what is known, and the line says so.
    """
    if spend.calls == 0:
        return f"no model call · {duration(spend.seconds)}"
    return f"{purchase(spend, unpriced_calls=unpriced_calls)} · {duration(spend.seconds)}"


def purchase(spend: Spend, *, unpriced_calls: int = 0) -> str:
    """Calls, tokens and dollars: what a call that never ended can be said to cost."""
    money = dollars(spend.dollars)
    if unpriced_calls and unpriced_calls >= spend.calls:
        money = "price unknown"
    elif unpriced_calls:
        money += f" + {plural(unpriced_calls, 'call')} of unknown price"
    return " · ".join([plural(spend.calls, "model call"), plural(spend.tokens, "token"), money])


def limits(budget: Budget) -> str:
    """The limits of a budget in words, or "no limit"."""
    parts = []
    if budget.calls is not None:
        parts.append(plural(budget.calls, "call"))
    if budget.tokens is not None:
        parts.append(plural(budget.tokens, "token"))
    if budget.dollars is not None:
        parts.append(dollars(budget.dollars))
    if budget.seconds is not None:
        parts.append(duration(budget.seconds))
    return ", ".join(parts) or "no limit"
