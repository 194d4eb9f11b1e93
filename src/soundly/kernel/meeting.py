"""The kinds ``meeting-plan`` and ``meeting-table``: a day of meetings, and that no more fit in.

A statement has ``goal``, "most" or a number of friends, and ``meeting``, rows as in
`soundly.kernel.rows`: ``start | Old Pier | 9:00``, ``travel | Old Pier | Mill | 15`` (minutes, one
way), ``friend | Ann | Mill | 10:00 | 12:30 | 45`` (there from, until, least minutes).

A table ``[[friends, last, time], …]`` has a row for each set of friends who can all be met with
one of them as the last, and a time before which that cannot be over. ``friends`` has bit i for the
i-th friend of the statement, ``last`` is such an i, ``time`` is in minutes since midnight. A table
is closed if whatever can follow a row is a row, at no later a time; so it holds all that can be
done, however the travels go. Evidence that a goal cannot be met is ``{"table": …}`` without a row
of as many friends. Evidence of a plan is ``{"plan": …, "table": …}``; the table shows that no more
friends can be met, where that is the goal and some are not met, and is empty otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused
from soundly.kernel.rows import count_of, index_of, name_of, read_rows, time_of

MAX_FRIENDS = 64
MAX_PLACES = 80
MAX_TABLE = 300_000

State: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Friend:
    """Someone at a place from a time until another, to be met for at least so many minutes."""

    name: str
    place: str
    begin: int
    until: int
    least: int


@dataclass(frozen=True, slots=True)
class Day:
    """``travel`` has the minutes of each way that is stated; ``wanted`` is None for the most."""

    place: str
    time: int
    travel: Mapping[tuple[str, str], int]
    friends: tuple[Friend, ...]
    wanted: int | None


def check_plan(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless each step can be done as it says, and the goal is met."""
    day = read_day(statement)
    plan, table = fields_of(evidence, "plan", "table")
    met = _walk(day, list_of(plan, "steps"))
    if day.wanted is not None and met < day.wanted:
        raise Refused(f"{amount(met, 'friend is', 'friends are')} met, not {day.wanted}")
    if day.wanted is None and met < len(day.friends):
        _require_no_more(day, table, met)
    elif table != []:
        raise Refused("a table is given, and there is nothing for it to show")
    return f"{met} of {amount(len(day.friends), 'friend')} met"


def check_table(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless a closed table has no row of as many friends as are wanted."""
    day = read_day(statement)
    (table,) = fields_of(evidence, "table")
    if day.wanted is None:
        raise Refused("to meet as many friends as can be met is always possible")
    rows = _require_no_more(day, table, day.wanted - 1)
    wanted = amount(day.wanted, "friend")
    return f"{wanted} cannot be met: shown by a closed table of {amount(rows, 'row')}"


def _walk(day: Day, plan: list[object]) -> int:
    """How many friends are met, each step checked against the one before it."""
    place, now, met = day.place, day.time, set[str]()
    friends = {friend.name: friend for friend in day.friends}
    for number, step in enumerate(plan):
        match step:
            case ["start", where, time] if number == 0:
                right = where == place and time_of(time) == now
            case ["travel", where, minutes, arrival]:
                taken = day.travel.get((place, str(where)))
                right = taken is not None and minutes in ("", str(taken))
                now += taken or 0
                right = right and (arrival == "" or time_of(arrival) == now)
                place = str(where)
            case ["wait", time]:
                right = time_of(time) >= now
                now = time_of(time)
            case ["meet", str(who), minutes, begin, until] if who in friends and who not in met:
                friend, start, now, before = friends[who], time_of(begin), time_of(until), now
                right = friend.place == place and before <= start and friend.begin <= start
                right = right and now <= friend.until and now - start >= friend.least
                right = right and minutes in ("", str(now - start))
                met.add(who)
            case _:
                right = False
        if not right:
            raise Refused(f"step {number + 1} cannot be done as it says: {step!r:.120}")
    return len(met)


def _require_no_more(day: Day, table: object, most: int) -> int:
    """That the table is closed and no row has more friends; returns the number of rows."""
    rows = list_of(table, "rows of the table")
    if len(rows) > MAX_TABLE:
        raise Refused(f"the table has {len(rows)} rows; at most {MAX_TABLE} are checked")
    times: dict[State, int] = {}
    for row in rows:
        if not isinstance(row, list) or len(row) != 3:
            raise Refused(f"{row!r:.80} is no row of a table")
        size = len(day.friends)
        state = (index_of(row[0], 1 << size), index_of(row[1], size))
        times[state] = index_of(row[2], 24 * 60 + 1)
        if state[0].bit_count() > most:
            raise Refused(f"a row has {state[0].bit_count()} friends, and {most} were the most")
    ways = quickest(day)
    for state, time in [((0, -1), day.time), *times.items()]:
        for following, end in _following(day, ways, state, time):
            if times.get(following, end + 1) > end:
                raise Refused(f"the table is not closed: {list(following)} at {end} may follow")
    return len(rows)


def _following(
    day: Day, ways: Mapping[tuple[str, str], int], state: State, time: int
) -> Iterator[tuple[State, int]]:
    met, last = state
    place = day.place if last < 0 else day.friends[last].place
    for number, friend in enumerate(day.friends):
        way = ways.get((place, friend.place))
        if met >> number & 1 or way is None:
            continue
        end = max(time + way, friend.begin) + friend.least
        if end <= friend.until:
            yield (met | 1 << number, number), end


def quickest(day: Day) -> dict[tuple[str, str], int]:
    """The fewest minutes between places, by way of others where that is quicker (Floyd, 1962)."""
    places = {day.place, *(friend.place for friend in day.friends)}
    places |= {place for way in day.travel for place in way}
    if len(places) > MAX_PLACES:
        raise Refused(f"the statement has {len(places)} places; at most {MAX_PLACES} are read")
    ways = {**day.travel, **{(place, place): 0 for place in places}}
    for middle in sorted(places):
        for first in places:
            if (head := ways.get((first, middle))) is None:
                continue
            for last in places:
                tail = ways.get((middle, last))
                if tail is not None and head + tail < ways.get((first, last), head + tail + 1):
                    ways[first, last] = head + tail
    return ways


def read_day(statement: Mapping[str, object]) -> Day:
    """The day that a statement spells."""
    if set(statement) != {"meeting", "goal"}:
        raise Refused("the statement has to have the texts meeting and goal, and nothing else")
    starts: list[tuple[str, int]] = []
    travel: dict[tuple[str, str], int] = {}
    friends: list[Friend] = []
    for row in read_rows(statement, "meeting"):
        match row:
            case ["start", place, time] if not starts:
                starts.append((name_of(place), time_of(time)))
            case ["travel", first, last, minutes] if (first, last) not in travel:
                travel[name_of(first), name_of(last)] = count_of(minutes)
            case ["friend", who, place, begin, until, least]:
                times = (time_of(begin), time_of(until), count_of(least))
                friends.append(Friend(name_of(who), name_of(place), *times))
            case _:
                raise Refused(f"{' | '.join(row):.80} is no row of a day, or comes twice")
    if len({friend.name for friend in friends}) != len(friends) or not starts:
        raise Refused("there has to be a start, and friends of different names")
    if not 0 < len(friends) <= MAX_FRIENDS:
        raise Refused(f"there are {len(friends)} friends, and 1 to {MAX_FRIENDS} are read")
    if any(first == last for first, last in travel):
        raise Refused("a way leads from a place to itself")
    wanted = None if statement["goal"] == "most" else count_of(statement["goal"])
    return Day(*starts[0], travel, tuple(friends), wanted)
