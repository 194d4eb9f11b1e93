"""A budget as people type it: ``usd=0.5,calls=10,seconds=60``."""

from __future__ import annotations

from soundly.config.options import parse_pairs
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.spend import Budget

_WHOLE = {"calls": "calls", "tokens": "tokens"}
_REAL = {"seconds": "seconds", "usd": "dollars"}
_OTHER_WORDS = ("dollars", "dollar", "cost", "price", "money", "$")
"""What money is called by those who do not think of usd, which no spelling is near to."""


def parse_budget(text: str) -> Budget:
    """The budget that the text spells; an empty text is a budget without limits.

    A limit of zero is refused: it would allow nothing, and is more likely a slip than a wish.
    """
    limits: dict[str, float] = {}
    for key, value in parse_pairs(text, what="budget").items():
        if key.lower() in _OTHER_WORDS:
            raise UsageError(f"unknown budget limit {key!r}; did you mean usd?")
        if key not in _WHOLE | _REAL:
            raise UnknownNameError("budget limit", key, _WHOLE | _REAL)
        limits[key] = _limit(key, value)
    return Budget(
        calls=int(limits["calls"]) if "calls" in limits else None,
        tokens=int(limits["tokens"]) if "tokens" in limits else None,
        seconds=limits.get("seconds"),
        dollars=limits.get("usd"),
    )


def _limit(key: str, text: str) -> float:
    wanted = "a whole number above 0" if key in _WHOLE else "a number above 0"
    try:
        value = int(text) if key in _WHOLE else float(text)
    except ValueError as error:
        raise UsageError(f"budget: {key} is {text!r}, wanted {wanted}") from error
    if not 0 < value < float("inf"):
        raise UsageError(
            f"budget: {key} is {text}, which allows nothing; wanted {wanted} "
            "(leave it out for no limit)"
            if value == 0
            else f"budget: {key} is {text}, wanted {wanted}"
        )
    return value
