"""Days with friends to meet, as values and as statements, and how long each way takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.naturalplan.clock import MIDNIGHT, clock
from soundly.families.naturalplan.rows import Row, as_text, rows_of

NAME = "meeting-planning"
MAX_FRIENDS = 64
MAX_PLACES = 80

_KEYS = ("meeting", "goal")


@dataclass(frozen=True, slots=True)
class Friend:
    """Someone at a place from a time until another, to be met for at least so many minutes."""

    name: str
    place: str
    begin: int
    until: int
    least: int

    def __post_init__(self) -> None:
        if not (0 <= self.begin <= self.until <= MIDNIGHT and self.least > 0):
            raise ValueError(f"wanted times in order within one day, and minutes: {self}")


@dataclass(frozen=True)
class Day:
    """``travel`` has the minutes of each stated way; ``wanted`` is None for as many as can be."""

    place: str
    time: int
    travel: Mapping[tuple[str, str], int]
    friends: tuple[Friend, ...]
    wanted: int | None = None

    def __post_init__(self) -> None:
        if len({friend.name for friend in self.friends}) != len(self.friends) or not self.friends:
            raise ValueError("wanted friends of different names, and at least one")
        object.__setattr__(self, "travel", MappingProxyType(dict(self.travel)))

    def problem(self, name: str) -> Problem:
        """The day as a problem with this name."""
        rows: list[tuple[object, ...]] = [
            ("start", self.place, clock(self.time)),
            *(("travel", *way, minutes) for way, minutes in self.travel.items()),
            *(
                ("friend", each.name, each.place, clock(each.begin), clock(each.until), each.least)
                for each in self.friends
            ),
        ]
        goal = "most" if self.wanted is None else str(self.wanted)
        return Problem(NAME, name, {"meeting": as_text(rows), "goal": goal})

    @cached_property
    def quickest(self) -> Mapping[tuple[str, str], int]:
        """The fewest minutes from place to place, by way of others where that is quicker.

        Stated ways need not be the quickest ones: those of maps are not always.
        """
        places = {self.place, *(friend.place for friend in self.friends)}
        places |= {place for way in self.travel for place in way}
        ways = {**self.travel, **{(place, place): 0 for place in places}}
        for middle in places:
            ahead = [(last, ways[middle, last]) for last in places if (middle, last) in ways]
            for first in places:
                if (head := ways.get((first, middle))) is not None:
                    for last, tail in ahead:
                        if head + tail < ways.get((first, last), MIDNIGHT * 1_000):
                            ways[first, last] = head + tail
        return ways

    def route(self, first: str, last: str) -> list[str]:
        """The places to go to, one after the other, on a quickest way; the last one included.

        Raises `KeyError` where no way leads there.
        """
        left, places = self.quickest[first, last], list[str]()
        while first != last:
            for (start, place), minutes in self.travel.items():
                if start == first and minutes + self.quickest.get((place, last), left) == left:
                    first, left = place, left - minutes
                    places.append(place)
                    break
        return places


@lru_cache(maxsize=256)
def day_of(problem: Problem) -> Day:
    """The day that a problem states; raises `ProblemError` for a statement that is none."""
    starts: list[tuple[str, int]] = []
    travel: dict[tuple[str, str], int] = {}
    friends: dict[str, Friend] = {}
    for row in rows_of(problem, *_KEYS):
        match row.word:
            case "start" if not starts:
                row.of(2, "start | Old Pier | 9:00")
                starts.append((row.name(0), row.time(1)))
            case "travel":
                row.of(3, "travel | Old Pier | Mill | 15")
                way = (row.name(0), row.name(1))
                if way in travel or way[0] == way[1]:
                    raise row.wrong(f"the way from {way[0]} to {way[1]} comes twice, or is none")
                travel[way] = row.count(2)
            case "friend":
                friend = _friend(row)
                if friend.name in friends:
                    raise row.wrong(f"{friend.name} comes twice")
                friends[friend.name] = friend
            case _:
                raise row.wrong(f"{row.word!r:.40} begins no row here, or one too many")
    if not starts or not 0 < len(friends) <= MAX_FRIENDS:
        wanted = f"wanted a start, and 1 to {MAX_FRIENDS} friends"
        raise ProblemError(wanted, source="meeting")
    places = {starts[0][0], *(friend.place for friend in friends.values())}
    if len(places | {place for way in travel for place in way}) > MAX_PLACES:
        raise ProblemError(f"wanted at most {MAX_PLACES} places", source="meeting")
    return Day(*starts[0], travel, tuple(friends.values()), _goal(problem.statement["goal"]))


def _friend(row: Row) -> Friend:
    row.of(5, "friend | Ann | Mill | 10:00 | 12:30 | 45")
    begin, until = row.time(2), row.time(3)
    if begin > until:
        raise row.wrong(f"{row.fields[2]} is not before {row.fields[3]}")
    return Friend(row.name(0), row.name(1), begin, until, row.count(4))


def _goal(text: str) -> int | None:
    if text == "most":
        return None
    if not (text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= 5):
        raise ProblemError(f"{text!r:.40} came, wanted most or a number of friends", source="goal")
    return int(text)
