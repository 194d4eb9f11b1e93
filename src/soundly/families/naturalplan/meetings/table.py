"""The earliest time at which each set of friends can have been met, by dynamic programming.

It is the search of Held and Karp (1962) for the shortest tour, with times instead of lengths: of
two days with the same friends behind them and the same one last, the one that is over earlier can
do all that the other can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from soundly.core.problem import Problem
from soundly.families.naturalplan.meetings.day import Day, day_of

State: TypeAlias = tuple[int, int]
"""Friends met, bit i for the i-th one, and who was the last of them."""

MAX_STATES = 100_000


@dataclass(frozen=True)
class Table:
    """When each state can be over at the earliest, and what came before it then."""

    times: Mapping[State, int]
    before: Mapping[State, State]

    @cached_property
    def most(self) -> int:
        """How many friends can be met in a day."""
        return max((met.bit_count() for met, _ in self.times), default=0)

    def rows(self) -> list[list[int]]:
        """The table as the kernel reads it."""
        return [[*state, time] for state, time in sorted(self.times.items())]

    def order(self) -> list[int]:
        """The numbers of as many friends as can be met, in an order in which that works."""
        full = [state for state in self.times if state[0].bit_count() == self.most]
        at = min(full, key=lambda state: self.times[state], default=None)
        numbers: list[int] = []
        while at is not None:
            numbers.append(at[1])
            at = self.before.get(at)
        return numbers[::-1]


def build(day: Day) -> Table | None:
    """The table of a day; None where it would have more than `MAX_STATES` rows."""
    ways = day.quickest
    times: dict[State, int] = {}
    before: dict[State, State] = {}
    frontier: dict[State, int] = {(0, -1): day.time}
    while frontier:
        following: dict[State, int] = {}
        for (met, last), time in frontier.items():
            place = day.place if last < 0 else day.friends[last].place
            for number, friend in enumerate(day.friends):
                way = None if met >> number & 1 else ways.get((place, friend.place))
                if way is None:
                    continue
                end = max(time + way, friend.begin) + friend.least
                state = (met | 1 << number, number)
                if end <= friend.until and end < following.get(state, end + 1):
                    following[state] = end
                    if met:
                        before[state] = (met, last)
        times |= following
        if len(times) > MAX_STATES:
            return None
        frontier = following
    return Table(times, before)


@lru_cache(maxsize=64)
def table_of(problem: Problem) -> Table | None:
    """The table of a problem's day, as `build` has it; raises as `day_of` does."""
    return build(day_of(problem))
