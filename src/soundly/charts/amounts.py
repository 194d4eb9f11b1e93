"""Amounts as people say them."""

from __future__ import annotations

import math


def dollars(amount: float) -> str:
    """US dollars, with as many digits as it takes to see fractions of a cent."""
    if amount == 0:
        return "$0"
    if amount >= 1:
        return f"${amount:,.2f}"
    digits = min(max(2, 1 - math.floor(math.log10(amount))), 9)
    whole, _, fraction = f"{amount:.{digits}f}".partition(".")
    return f"${whole}.{fraction.rstrip('0'):0<2}"
