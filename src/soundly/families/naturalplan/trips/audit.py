"""What the critic is tried with: near misses, and a twin that writes out every trip there is."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, permutations
from random import Random

from soundly.families.naturalplan.trips.critic import Plan
from soundly.families.naturalplan.trips.reading import Step
from soundly.families.naturalplan.trips.trip import Trip

_ODD = ("and so on", "Day 3: rest", "Day 1-2: Visit A or B", "or the other way round")


def near_miss(plan: Plan, trip: Trip, rng: Random) -> Plan:
    """The plan after one or two edits. It may still be right."""
    steps = [list(step) for step in plan]
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(steps)) if steps else 0
        edit = rng.choice(["drop", "day", "city", "swap", "odd", "double", "unsaid", "exchange"])
        if edit == "odd" or not steps:
            steps.insert(at, ["unclear", rng.choice(_ODD)])
        elif edit == "drop":
            del steps[at]
        elif edit == "double":
            steps.insert(at, list(steps[at]))
        elif edit == "swap":
            other = rng.randrange(len(steps))
            steps[at], steps[other] = steps[other], steps[at]
        elif edit == "unsaid":
            steps = [step for step in steps if step[0] != "fly"]
        elif edit == "exchange":
            _exchange(steps, rng.choice(list(trip.stays)), rng.choice(list(trip.stays)))
        else:
            _change(steps[at], edit, trip, rng)
    return tuple(map(tuple, steps))


def _exchange(steps: list[list[str]], first: str, last: str) -> None:
    """Two cities change places everywhere."""
    other = {first: last, last: first}
    for step in steps:
        step[:] = [other.get(word, word) for word in step]


def _change(step: list[str], edit: str, trip: Trip, rng: Random) -> None:
    days = [at for at, word in enumerate(step) if word.isdigit()]
    cities = [at for at, word in enumerate(step) if word in trip.stays]
    if edit == "day" and days:
        at = rng.choice(days)
        step[at] = str(max(1, int(step[at]) + rng.choice((-1, 1))))
    elif edit == "city" and cities:
        step[rng.choice(cities)] = rng.choice((*trip.stays, "Atlantis"))


def is_right(text: str, plan: Plan) -> bool:
    """Whether a plan is one of all that there are, its flights and lengths said or not.

    Reads the statement by itself; for seven cities at most.
    """
    stays = tuple((s[1], s[2], s[3]) for s in plan if s[0] == "stay")
    if stays not in _all(text) or any(step[0] == "unclear" for step in plan):
        return False
    said: list[Step] = []
    for (_, today, city), (_, _, following) in pairwise(stays):
        said.append(("fly", today, city, following))
    lengths = {s[3]: ("", str(int(s[2]) - int(s[1]) + 1)) for s in plan if s[0] == "stay"}
    if any(step[0] == "stay" and step[4] not in lengths[step[3]] for step in plan):
        return False
    at = -1
    for step in plan:
        if step[0] == "stay":
            at += 1
        elif not 0 <= at < len(said) or step != said[at]:
            return False
    return all(plan[at] != plan[at - 1] for at in range(1, len(plan)))


@lru_cache(maxsize=64)
def _all(text: str) -> frozenset[tuple[tuple[str, str, str], ...]]:
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines()]
    stays = {row[1]: int(row[2]) for row in rows if row[0] == "stay"}
    flights = {(row[1], row[2]) for row in rows if row[0] in ("flight", "flights")}
    flights |= {(row[2], row[1]) for row in rows if row[0] == "flights"}
    total = next(int(row[1]) for row in rows if row[0] == "days")
    found: list[tuple[tuple[str, str, str], ...]] = []
    for order in permutations(stays):
        days: dict[str, set[int]] = {}
        today = 1
        for city in order:
            days[city] = set(range(today, today + stays[city]))
            today = max(days[city])
        fits = all(
            days[row[1]] >= set(range(int(row[2]), int(row[3]) + 1))
            if row[0] == "whole"
            else days[row[1]] & set(range(int(row[2]), int(row[3]) + 1))
            for row in rows
            if row[0] in ("whole", "within")
        )
        if today == total and fits and set(pairwise(order)) <= flights:
            found.append(tuple((str(min(days[c])), str(max(days[c])), c) for c in order))
    return frozenset(found)
