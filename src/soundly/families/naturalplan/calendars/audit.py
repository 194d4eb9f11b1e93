"""What the critic is tried with: near misses, and a twin that goes through every minute."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from soundly.families.naturalplan.calendars.calendar import Calendar
from soundly.families.naturalplan.calendars.reading import Slot
from soundly.families.naturalplan.clock import MIDNIGHT, clock

_BEHIND = (" or later", " maybe", ", or Friday, 9:00 - 9:30", " (ET)", " and so on", "?")


def near_miss(slot: Slot, calendar: Calendar, rng: Random) -> str:
    """The time after one or two edits, as it is said. It may still be right."""
    day, start, end = slot[0], _minutes(slot[1]), _minutes(slot[2])
    behind = ""
    for _ in range(rng.choice((1, 1, 2))):
        edit = rng.choice(["day", "shift", "start", "end", "behind", "unknown", "gap", "taken"])
        if edit == "day":
            day = rng.choice(calendar.days)
        elif edit == "shift":
            by = rng.choice((-60, -30, -1, 1, 30, 60))
            start, end = start + by, end + by
        elif edit == "start":
            start += rng.choice((-30, -1, 1, 30))
        elif edit == "end":
            end += rng.choice((-30, -1, 1, 30))
        elif edit == "behind":
            behind = rng.choice(_BEHIND)
        elif edit == "unknown":
            day = rng.choice(("Sunday", "Mon", "monday", "tomorrow"))
        elif edit == "gap":
            day, start, _ = rng.choice(calendar.gaps)
            end = start + calendar.length
        elif calendar.taken:
            each = rng.choice(calendar.taken)
            start = rng.choice((each.begin - calendar.length, each.until, each.begin))
            day, end = each.day, start + calendar.length
    start, end = (max(0, min(MIDNIGHT, each)) for each in (start, end))
    return f"[ANSWER]\n{day}, {clock(start)} - {clock(end)}{behind}\n[ANSWER END]"


def is_right(text: str, slot: Slot) -> bool:
    """Whether a time is one of all that there are, each minute of each day gone through.

    Reads the statement by itself.
    """
    return slot in _all(text)


@lru_cache(maxsize=64)
def _all(text: str) -> frozenset[Slot]:
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines()]
    days = next(row[1:] for row in rows if row[0] == "days")
    opens, closes = next(map(_minutes, row[1:]) for row in rows if row[0] == "hours")
    length = next(int(row[1]) for row in rows if row[0] == "length")
    free = {day: set(range(opens, closes)) for day in days}
    for row in rows:
        if row[0] in ("busy", "avoid"):
            free[row[2]] -= set(range(_minutes(row[3]), _minutes(row[4])))
    right: list[Slot] = [
        (day, clock(start), clock(start + length))
        for day in days
        for start in range(opens, closes)
        if free[day].issuperset(range(start, start + length))
    ]
    return frozenset(right[:1] if ["earliest"] in rows else right)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
