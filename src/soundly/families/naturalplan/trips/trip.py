"""Trips as values and as statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.naturalplan.rows import Row, as_text, rows_of

NAME = "trip-planning"
MAX_CITIES = 64


@dataclass(frozen=True, slots=True)
class Window:
    """To be in a city on each day from the first to the last, if ``whole``, or on one of them."""

    city: str
    first: int
    last: int
    whole: bool

    def __post_init__(self) -> None:
        if not 0 < self.first <= self.last:
            raise ValueError(f"wanted days in order, from 1: {self}")

    def missed_by(self, first: int, last: int) -> bool:
        """Whether a stay from the one day to the other misses it."""
        if self.whole:
            return not first <= self.first <= self.last <= last
        return last < self.first or self.last < first

    def __str__(self) -> str:
        days = f"day {self.first} to day {self.last}"
        return f"{self.city}, {'every day from' if self.whole else 'at some time from'} {days}"


@dataclass(frozen=True)
class Trip:
    """``stays`` has the days in each city, ``flights`` the ways that can be flown."""

    days: int
    stays: Mapping[str, int]
    flights: frozenset[tuple[str, str]]
    windows: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "stays", MappingProxyType(dict(self.stays)))

    def problem(self, name: str) -> Problem:
        """The trip as a problem with this name."""
        both = sorted({tuple(sorted(way)) for way in self.flights if way[::-1] in self.flights})
        single = sorted(way for way in self.flights if way[::-1] not in self.flights)
        rows: list[tuple[object, ...]] = [
            ("days", self.days),
            *(("stay", city, days) for city, days in self.stays.items()),
            *(("flights", *way) for way in both),
            *(("flight", *way) for way in single),
            *(
                ("whole" if each.whole else "within", each.city, each.first, each.last)
                for each in self.windows
            ),
        ]
        return Problem(NAME, name, {"trip": as_text(rows)})

    def fits(self, city: str, first: int) -> bool:
        """Whether a stay from this day on is over in time, and misses no window."""
        last = first + self.stays[city] - 1
        ours = (window for window in self.windows if window.city == city)
        return last <= self.days and not any(window.missed_by(first, last) for window in ours)


@lru_cache(maxsize=256)
def trip_of(problem: Problem) -> Trip:
    """The trip that a problem states; raises `ProblemError` for a statement that is none."""
    days = 0
    stays: dict[str, int] = {}
    flights: set[tuple[str, str]] = set()
    windows: list[Window] = []
    for row in rows_of(problem, "trip"):
        match row.word:
            case "days" if not days:
                row.of(1, "days | 10")
                days = row.count(0)
            case "stay":
                row.of(2, "stay | Oslo | 4")
                if row.name(0) in stays:
                    raise row.wrong(f"{row.name(0)} comes twice")
                stays[row.name(0)] = row.count(1)
            case "flight" | "flights":
                row.of(2, f"{row.word} | Oslo | Rome")
                way = (row.known(0, stays, "city"), row.known(1, stays, "city"))
                flights |= {way, way[::-1]} if row.word == "flights" else {way}
            case "whole" | "within":
                windows.append(_window(row, stays))
            case _:
                raise row.wrong(f"{row.word!r:.40} begins no row here, or one too many")
    if not days or not 0 < len(stays) <= MAX_CITIES:
        raise ProblemError(f"wanted days, and stays in 1 to {MAX_CITIES} cities", source="trip")
    return Trip(days, stays, frozenset(flights), tuple(windows))


def _window(row: Row, stays: Mapping[str, int]) -> Window:
    row.of(3, f"{row.word} | Oslo | 2 | 6")
    city, first, last = row.known(0, stays, "city"), row.count(1), row.count(2)
    if first > last:
        raise row.wrong(f"day {first} is not before day {last}")
    return Window(city, first, last, row.word == "whole")
