"""The kinds ``calendar-slot`` and ``calendar-clashes``: a time for all, and that there is none.

A statement has ``calendar``, rows as in `soundly.kernel.rows`: ``days | Monday | Tuesday``,
``hours | 9:00 | 17:00``, ``length | 30``, ``person | Ann``, ``busy | Ann | Monday | 9:00 | 10:30``,
``avoid`` with the same fields, and the word ``earliest`` where no earlier time may do.

Evidence of a time is ``{"slot": ["Monday", "10:30", "11:00"], "clashes": []}``. Clashes are rows
``["Ann", "Monday", "9:00", "10:30"]`` of the statement, one behind the other, each at the first
minute at which nothing before it stands in the way of a start. They have to leave no start: before
the slot where it has to be the earliest, and in all of the days where there is no time at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused
from soundly.kernel.rows import count_of, name_of, read_rows, time_of


@dataclass(frozen=True, slots=True)
class Calendar:
    """Times in minutes since midnight; ``taken`` has (person, day, from, to)."""

    days: tuple[str, ...]
    opens: int
    closes: int
    length: int
    earliest: bool
    taken: frozenset[tuple[str, str, int, int]]


def check_slot(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the slot has the length, is within hours, and nobody is taken."""
    calendar = read_calendar(statement)
    slot, clashes = fields_of(evidence, "slot", "clashes")
    words = list_of(slot, "words of a slot")
    if len(words) != 3 or words[0] not in calendar.days:
        raise Refused(f"{words!r:.80} is no day, start and end")
    start, end = time_of(words[1]), time_of(words[2])
    if end - start != calendar.length:
        raise Refused(f"the slot is {end - start} minutes long, not {calendar.length}")
    if start < calendar.opens or end > calendar.closes:
        raise Refused("the slot is not within the hours")
    for person, day, begin, until in sorted(calendar.taken):
        if day == words[0] and begin < end and start < until:
            raise Refused(f"{person} is taken on {day} at that time")
    if calendar.earliest:
        before = calendar.days[: calendar.days.index(str(words[0])) + 1]
        _require_no_start(calendar, clashes, before, start)
    elif clashes != []:
        raise Refused("clashes are listed, and no earliest time was asked for")
    return f"a meeting of {amount(calendar.length, 'minute')} to which all can come"


def check_clashes(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless at each minute of each day some clash stands in the way of a start."""
    calendar = read_calendar(statement)
    (clashes,) = fields_of(evidence, "clashes")
    last = calendar.closes - calendar.length + 1
    number = _require_no_start(calendar, clashes, calendar.days, last)
    return f"no time does: {amount(number, 'clash leaves', 'clashes leave')} no start"


def _require_no_start(
    calendar: Calendar, clashes: object, days: tuple[str, ...], before: int
) -> int:
    """That no start is left on these days, and on the last one before a time."""
    listed = [_clash(calendar, each) for each in list_of(clashes, "clashes")]
    used = 0
    for day in days:
        start = calendar.opens
        end = before if day == days[-1] else calendar.closes - calendar.length + 1
        while start < end:
            if used == len(listed):
                raise Refused(f"nothing stands in the way on {day}, {start} minutes after midnight")
            _, where, begin, until = listed[used]
            if where != day or not (begin < start + calendar.length and start < until):
                raise Refused(
                    f"clash {used + 1} does not stand in the way on {day}, {start} minutes "
                    "after midnight"
                )
            start, used = until, used + 1
    if used != len(listed):
        raise Refused(f"clash {used + 1} comes behind the last start")
    return used


def _clash(calendar: Calendar, row: object) -> tuple[str, str, int, int]:
    words = list_of(row, "words of a clash")
    if len(words) != 4:
        raise Refused(f"{words!r:.80} is no clash")
    clash = (str(words[0]), str(words[1]), time_of(words[2]), time_of(words[3]))
    if clash not in calendar.taken:
        raise Refused(f"{words!r:.80} is not in the statement")
    return clash


def read_calendar(statement: Mapping[str, object]) -> Calendar:
    """The calendar that a statement spells."""
    if set(statement) != {"calendar"}:
        raise Refused("the statement has to have the text calendar, and nothing else")
    once: dict[str, list[str]] = {}
    people: set[str] = set()
    taken: list[tuple[str, str, int, int]] = []
    for row in read_rows(statement, "calendar"):
        match row:
            case ["person", person]:
                people.add(name_of(person))
            case ["busy" | "avoid", person, day, begin, until]:
                taken.append((person, day, time_of(begin), time_of(until)))
            case ["days" | "hours" | "length" | "earliest", *words] if row[0] not in once:
                once[row[0]] = words
            case _:
                raise Refused(f"{' | '.join(row):.80} is no row of a calendar, or comes twice")
    days = tuple(map(name_of, once.get("days", [])))
    if not days or len(set(days)) != len(days):
        raise Refused("the calendar has to have different days")
    hours, lengths = once.get("hours", []), once.get("length", [])
    if len(hours) != 2 or len(lengths) != 1 or once.get("earliest"):
        raise Refused("the calendar has to have hours with two times, and a length")
    known = set(days)
    for person, day, start, end in taken:
        if person not in people or day not in known or start >= end:
            raise Refused(
                f"{person:.60} or {day:.60} is unknown, or the time ends before it begins"
            )
    opens, closes = map(time_of, hours)
    length = count_of(lengths[0])
    return Calendar(days, opens, closes, length, "earliest" in once, frozenset(taken))
