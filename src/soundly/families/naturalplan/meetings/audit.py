"""What the critic is tried with: near misses, and a twin that tries every order of friends."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from random import Random
from typing import TypeAlias

from soundly.families.naturalplan.clock import MIDNIGHT, clock
from soundly.families.naturalplan.meetings.critic import Plan
from soundly.families.naturalplan.meetings.day import Day
from soundly.families.naturalplan.meetings.reading import Step

Ways: TypeAlias = dict[tuple[str, str], int]
Friends: TypeAlias = dict[str, list[str]]

_ODD = ("You have lunch", "You meet nobody", "Or the other way round", "You travel back")


def near_miss(plan: Plan, day: Day, rng: Random) -> Plan:
    """The plan after one or two edits. It may still be right."""
    steps = [list(step) for step in plan]
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(steps)) if steps else 0
        edit = rng.choice(["drop", "time", "minutes", "name", "swap", "odd", "double", "blank"])
        if edit == "odd" or not steps:
            steps.insert(at, ["unclear", rng.choice(_ODD)])
        elif edit == "drop":
            del steps[at]
        elif edit == "double":
            steps.insert(at, list(steps[at]))
        elif edit == "swap":
            other = rng.randrange(len(steps))
            steps[at], steps[other] = steps[other], steps[at]
        else:
            _change(steps[at], edit, day, rng)
    return tuple(map(tuple, steps))


def _change(step: list[str], edit: str, day: Day, rng: Random) -> None:
    for at, word in enumerate(step[1:], start=1):
        if edit == "time" and ":" in word and rng.random() < 0.6:
            moved = _minutes(word) + rng.choice((-30, -1, 1, 15))
            step[at] = clock(max(0, min(MIDNIGHT, moved)))
        elif edit == "minutes" and word.isdigit():
            step[at] = str(max(1, int(word) + rng.choice((-5, -1, 1, 10))))
        elif edit == "blank" and step[0] in ("travel", "meet") and at == 2:
            step[at] = ""
        elif edit == "name" and at == 1 and step[0] in ("travel", "meet"):
            friend = rng.choice(day.friends)
            step[at] = friend.place if step[0] == "travel" else friend.name


def is_right(text: str, goal: str, plan: Plan) -> bool:
    """Whether a plan can be carried out, and enough are met; reads the statement by itself.

    The most that can be met is found by trying every order of friends.
    """
    met = _met(plan, *_facts(text))
    return met is not None and met >= (_most(text) if goal == "most" else int(goal))


@lru_cache(maxsize=64)
def _facts(text: str) -> tuple[tuple[str, int], Ways, Friends]:
    """Where and when the day starts, the minutes of the ways, and the friends' rows."""
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines()]
    friends = {row[1]: row[2:] for row in rows if row[0] == "friend"}
    ways = {(row[1], row[2]): int(row[3]) for row in rows if row[0] == "travel"}
    place, time = next(row[1:] for row in rows if row[0] == "start")
    return (place, _minutes(time)), ways, friends


def _met(plan: Plan, here: tuple[str, int], ways: Ways, friends: Friends) -> int | None:
    """How many are met; None where a step is not as it says."""
    (place, now), seen = here, set[str]()
    for number, step in enumerate(plan):
        kind, words = step[0], step[1:]
        if kind == "start" and (number or (words[0], _minutes(words[1])) != here):
            return None
        if kind == "travel":
            said = ("", str(ways.get((place, words[0]))))
            now += ways.get((place, words[0]), 10**6)
            place = words[0]
            if words[1] not in said or words[2] not in ("", clock(now)):
                return None
        if kind == "wait":
            if _minutes(words[0]) < now:
                return None
            now = _minutes(words[0])
        if kind == "meet":
            if words[0] in seen or not _fits(words, place, now, friends):
                return None
            seen.add(words[0])
            now = _minutes(words[3])
        if kind == "unclear":
            return None
    return len(seen)


def _fits(words: Step, place: str, now: int, friends: Friends) -> bool:
    start, end = _minutes(words[2]), _minutes(words[3])
    if words[0] not in friends or words[1] not in ("", str(end - start)):
        return False
    where, begin, until, least = friends[words[0]]
    within = max(now, _minutes(begin)) <= start and end <= _minutes(until)
    return where == place and within and end - start >= int(least)


@lru_cache(maxsize=64)
def _most(text: str) -> int:
    start, stated, friends = _facts(text)
    ways = dict(stated)
    places = {place for way in ways for place in way} | {row[0] for row in friends.values()}
    for _ in places:  # Bellman and Ford: no way has more parts than there are places
        for (a, b), first in list(ways.items()):
            for (c, d), second in list(ways.items()):
                if b == c:
                    ways[a, d] = min(ways.get((a, d), 10**6), first + second)
    best = 0
    for order in permutations(friends.values()):
        (place, now), met = start, 0
        for where, begin, until, least in order:
            now += 0 if where == place else ways.get((place, where), 10**6)
            now, place = max(now, _minutes(begin)) + int(least), where
            if now > _minutes(until):
                break
            met += 1
        best = max(best, met)
    return best


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
