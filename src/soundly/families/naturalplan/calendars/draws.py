"""Calendars that are drawn: a hidden time that everyone has, or none at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.naturalplan.calendars.calendar import Calendar, Taken
from soundly.families.naturalplan.names import PEOPLE, some_of

DIAL = Dial(smallest=2, trained=7)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

_OPENS, _CLOSES, _STEP = 9 * 60, 17 * 60, 30
_MOST_LEFT = 4


def draw_calendar(
    *, size: int, seed: int, length: int | None = None, without: Collection[str] = ()
) -> tuple[Calendar, tuple[str, int]]:
    """A calendar of so many people, and the day and start of a time that everyone has.

    Two people have up to five days, more have fewer, as in Natural Plan. Everyone is taken for
    stretches of half hours until at most four half hours are left to start at; one in four
    calendars asks for the earliest time, and one in three has a wish. Raises `UsageError` for fewer
    than two people, or more than there are names.
    """
    if not DIAL.smallest <= size <= len(PEOPLE):
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {len(PEOPLE)} people")
    rng = Random(f"calendar {size} {seed} {length}")  # noqa: S311 - instances are not secrets
    people = tuple(some_of(PEOPLE, size, rng, without=without))
    days = WEEK[: rng.randint(1, max(1, 6 - size // 2))]
    length = length or rng.choice((30, 60))
    day = rng.choice(days)
    start = rng.randrange(_OPENS, _CLOSES - length + 1, _STEP)
    calendar = Calendar(days, _OPENS, _CLOSES, length, people, ())
    hidden = (day, start, start + length)
    while _starts(calendar) > _MOST_LEFT:
        stretch = _stretch(calendar, rng, hidden)
        others = [replace(stretch, person=rng.choice(people))] if rng.random() < 0.4 else []
        taken = dict.fromkeys((*calendar.taken, stretch, *others))
        calendar = replace(calendar, taken=tuple(taken))
    if rng.random() < 0.33 and hidden[2] < _CLOSES:
        wish = Taken(rng.choice(people), day, hidden[2], _CLOSES, "avoid")
        calendar = replace(calendar, taken=(*calendar.taken, wish))
    calendar = replace(calendar, earliest=rng.random() < 0.25)
    if calendar.earliest:
        day, start, _ = calendar.gaps[0]
    return _sorted(calendar), (day, start)


def draw_full(*, size: int, seed: int) -> Calendar:
    """A calendar of so many people in which there is no time for all of them."""
    calendar, _ = draw_calendar(size=size, seed=seed)
    rng = Random(f"full calendar {size} {seed}")  # noqa: S311
    while calendar.gaps:
        day, begin, end = rng.choice(calendar.gaps)
        start = rng.randrange(begin, end - _STEP + 1, _STEP)
        taken = Taken(rng.choice(calendar.people), day, start, start + _STEP)
        calendar = replace(calendar, taken=(*calendar.taken, taken))
    return _sorted(calendar)


def _starts(calendar: Calendar) -> int:
    return sum((end - begin - calendar.length) // _STEP + 1 for _, begin, end in calendar.gaps)


def _stretch(calendar: Calendar, rng: Random, hidden: tuple[str, int, int]) -> Taken:
    """A stretch in some gap, taken from someone who has time, and not the hidden one."""
    gaps = [gap for gap in calendar.gaps if gap != hidden]
    day, begin, end = rng.choice(gaps)
    while True:
        start = rng.randrange(begin, end, _STEP)
        until = min(end, start + rng.choice((1, 1, 2, 2, 3, 4)) * _STEP)
        if day != hidden[0] or until <= hidden[1] or hidden[2] <= start:
            return Taken(rng.choice(calendar.people), day, start, until)


def _sorted(calendar: Calendar) -> Calendar:
    """Stretches by person and time, those that touch made one."""
    merged: list[Taken] = []
    rank = {name: at for at, name in enumerate((*calendar.people, *calendar.days))}
    for each in sorted(
        calendar.taken, key=lambda e: (e.kind == "avoid", rank[e.person], rank[e.day], e.begin)
    ):
        last = merged[-1] if merged else None
        if last and each.kind == "busy" and _touches(last, each):
            merged[-1] = replace(last, until=each.until)
        else:
            merged.append(each)
    return replace(calendar, taken=tuple(merged))


def _touches(first: Taken, second: Taken) -> bool:
    return (first.person, first.day, first.until) == (second.person, second.day, second.begin)
