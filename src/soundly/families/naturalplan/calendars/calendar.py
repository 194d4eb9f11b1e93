"""Calendars as values and as statements, and the times that are left in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.naturalplan.clock import clock
from soundly.families.naturalplan.rows import Row, as_text, rows_of

NAME = "calendar-scheduling"


@dataclass(frozen=True, slots=True)
class Taken:
    """A time at which someone is not to be had; ``kind`` is "busy", or "avoid" for a wish."""

    person: str
    day: str
    begin: int
    until: int
    kind: str = "busy"

    def __post_init__(self) -> None:
        if not self.begin < self.until:
            raise ValueError(f"{self.person}'s time ends before it begins: {self}")

    def __str__(self) -> str:
        return f"{self.person}, {self.day} {clock(self.begin)} to {clock(self.until)}"


@dataclass(frozen=True)
class Calendar:
    """Who is taken when, in minutes since midnight; ``earliest``: no earlier time may do."""

    days: tuple[str, ...]
    opens: int
    closes: int
    length: int
    people: tuple[str, ...]
    taken: tuple[Taken, ...]
    earliest: bool = False

    def __post_init__(self) -> None:
        for names in (self.days, self.people):
            if not names or len(set(names)) != len(names):
                raise ValueError(f"wanted different names, and at least one: {names}")
        for each in self.taken:
            if each.day not in self.days or each.person not in self.people:
                raise ValueError(f"{each} is about an unknown person or day")

    def problem(self, name: str) -> Problem:
        """The calendar as a problem with this name."""
        rows: list[tuple[object, ...]] = [
            ("days", *self.days),
            ("hours", clock(self.opens), clock(self.closes)),
            ("length", self.length),
            *([("earliest",)] if self.earliest else []),
            *(("person", person) for person in self.people),
            *(
                (each.kind, each.person, each.day, clock(each.begin), clock(each.until))
                for each in self.taken
            ),
        ]
        return Problem(NAME, name, {"calendar": as_text(rows)})

    @cached_property
    def gaps(self) -> tuple[tuple[str, int, int], ...]:
        """The times, (day, from, until), that everyone has and that are long enough, in order."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[tuple[str, int, int]]:
        for day in self.days:
            start = self.opens
            on_day = sorted((each.begin, each.until) for each in self.taken if each.day == day)
            for begin, until in [*on_day, (self.closes, self.closes)]:
                end = min(begin, self.closes)
                if end - start >= self.length:
                    yield day, start, end
                start = max(start, until)


def clashes_before(calendar: Calendar, days: Iterable[str], before: int) -> list[Taken]:
    """What stands in the way of each start on these days, on the last one before a time.

    Raises `ValueError` where nothing does: then there is a start.
    """
    listed: list[Taken] = []
    last = list(days)
    for day in last:
        start = calendar.opens
        end = before if day == last[-1] else calendar.closes - calendar.length + 1
        on_day = [each for each in calendar.taken if each.day == day]
        while start < end:
            there = [e for e in on_day if e.begin < start + calendar.length and start < e.until]
            if not there:
                raise ValueError(f"everyone has time on {day} from {clock(start)}")
            listed.append(max(there, key=lambda each: each.until))
            start = listed[-1].until
    return listed


@lru_cache(maxsize=256)
def calendar_of(problem: Problem) -> Calendar:
    """The calendar that a problem states; raises `ProblemError` for a statement that is none."""
    days: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None
    length, earliest = 0, False
    people: list[str] = []
    taken: list[Taken] = []
    for row in rows_of(problem, "calendar"):
        match row.word:
            case "days" if not days and row.fields:
                days = tuple(row.name(at) for at in range(len(row.fields)))
                if len(set(days)) != len(days):
                    raise row.wrong("a day comes twice")
            case "hours" if hours is None:
                row.of(2, "hours | 9:00 | 17:00")
                hours = (row.time(0), row.time(1))
            case "length" if not length:
                row.of(1, "length | 30")
                length = row.count(0)
            case "earliest" if not earliest:
                earliest = not row.of(0, "earliest")
            case "person":
                row.of(1, "person | Ann")
                people.append(row.name(0))
                if people.count(people[-1]) > 1:
                    raise row.wrong(f"{people[-1]} comes twice")
            case "busy" | "avoid":
                taken.append(_taken(row, people, days))
            case _:
                raise row.wrong(f"{row.word!r:.40} begins no row here, or one too many")
    if not days or hours is None or not length or not people:
        wanted = "wanted days, hours, length and at least one person"
        raise ProblemError(wanted, source="calendar")
    return Calendar(days, *hours, length, tuple(people), tuple(taken), earliest)


def _taken(row: Row, people: list[str], days: tuple[str, ...]) -> Taken:
    row.of(4, f"{row.word} | Ann | Monday | 9:00 | 10:30")
    person, day = row.known(0, people, "person"), row.known(1, days, "day")
    begin, until = row.time(2), row.time(3)
    if begin >= until:
        raise row.wrong(f"{row.fields[2]} is not before {row.fields[3]}")
    return Taken(person, day, begin, until, row.word)
