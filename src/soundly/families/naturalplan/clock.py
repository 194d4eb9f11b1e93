"""Times of one day as minutes since midnight, and how they are written."""

from __future__ import annotations

import re

TIME = r"[0-9]{1,2}:[0-9]{2}(?: ?[AaPp]\.?[Mm]\b\.?)?"
"""A time in an answer, by the 24-hour or the 12-hour clock."""

MIDNIGHT = 24 * 60

_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?: ?([AaPp])\.?[Mm]\.?)?")


def minutes(text: str) -> int | None:
    """Minutes since midnight; None for what is no time.

    ``2:30PM`` is 14:30 and ``12:30AM`` is 0:30. 24:00 is the end of the day.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] in "Pp" else 0)
    total = hour * 60 + minute
    return total if total <= MIDNIGHT else None


def clock(total: int) -> str:
    """The time by the 24-hour clock: 9:00, 14:30, and 24:00 for the end of the day."""
    return f"{total // 60}:{total % 60:02d}"


def clock_12(total: int) -> str:
    """The time by the 12-hour clock, 2:30PM; the end of the day stays 24:00."""
    if total == MIDNIGHT:
        return clock(total)
    return f"{total // 60 % 12 or 12}:{total % 60:02d}{'PM' if total >= MIDNIGHT // 2 else 'AM'}"
