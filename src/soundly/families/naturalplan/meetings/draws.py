"""Days that are drawn: friends around a town, and goals that cannot be met."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.naturalplan.meetings.day import Day, Friend
from soundly.families.naturalplan.names import PEOPLE, PLACES, some_of

DIAL = Dial(smallest=2, trained=6)
LARGEST = 12
"""Friends, up to whom the most that can be met is found in about a second."""

_OPENS, _CLOSES = 9 * 60, 22 * 60
_QUARTER = 15


def draw_day(*, size: int, seed: int, without: Collection[str] = ()) -> tuple[Day, tuple[int, ...]]:
    """A day with so many friends, and an order in which some of them can be met.

    Places lie on a plane, and a way takes about as long as it is far, not the same in both
    directions. Most friends are there when a hidden walk through the town comes by, and the others
    at any time; so it varies whether all can be met. Raises `UsageError` for fewer than two
    friends, or more than twelve.
    """
    if not DIAL.smallest <= size <= LARGEST:
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {LARGEST} friends")
    rng = Random(f"meeting {size} {seed}")  # noqa: S311 - instances are not secrets
    names = some_of(PEOPLE, size, rng, without=without)
    places = some_of(PLACES, size + 1, rng)
    points = {place: (rng.uniform(0, 20), rng.uniform(0, 20)) for place in places}
    travel = {
        (a, b): 4 + round(abs(complex(*points[a]) - complex(*points[b])) * rng.uniform(0.9, 1.2))
        for a in places
        for b in places
        if a != b
    }
    friends: list[Friend] = []
    order: list[int] = []
    at, now = places[0], _OPENS
    for number, (name, place) in enumerate(zip(names, places[1:], strict=True)):
        least = rng.randrange(15, 121, _QUARTER)
        comes = now + travel[at, place]
        start = -(-(comes + rng.choice((0, 15, 45))) // _QUARTER) * _QUARTER
        if rng.random() < 0.75 and start + least <= _CLOSES:
            begin = max(_OPENS, start - rng.choice((0, 0, 30, 120)))
            until = min(_CLOSES, start + least + rng.choice((0, 15, 60, 180)))
            at, now = place, max(comes, begin) + least
            order.append(number)
        else:
            begin = rng.randrange(7 * 60, _CLOSES - least + 1, _QUARTER)
            until = rng.randrange(begin + least, _CLOSES + 1, _QUARTER)
        friends.append(Friend(name, place, begin, until, least))
    shuffled = rng.sample(range(size), size)
    ranks = {number: rank for rank, number in enumerate(shuffled)}
    day = Day(places[0], _OPENS, travel, tuple(friends[number] for number in shuffled))
    return day, tuple(ranks[number] for number in order)


def draw_crowded(*, size: int, seed: int) -> Day:
    """A day on which all friends are to be met, and two of them are at two places at one time."""
    day, _ = draw_day(size=size, seed=seed)
    rng = Random(f"crowded meeting {size} {seed}")  # noqa: S311
    first, second = rng.sample(range(size), 2)
    friends = list(day.friends)
    begin = rng.randrange(_OPENS + 60, _CLOSES - 120, _QUARTER)
    for number in (first, second):
        until = begin + friends[number].least
        friends[number] = replace(friends[number], begin=begin, until=until)
    return replace(day, friends=tuple(friends), wanted=size)
