"""Natural Plan's prompts for meetings, read into days, and compared with the file's own fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

from soundly.core.errors import ProblemError
from soundly.families.naturalplan.clock import minutes
from soundly.families.naturalplan.meetings.day import Day, Friend
from soundly.families.naturalplan.official.pieces import last_task, require_no_fact

_BEGIN = re.compile(r"Travel distances \(in minutes\):")
_WAY = re.compile(r"([^:.\n]+?) to ([^:.\n]+?): ([0-9]{1,5})\.?")
_TIME = r"([0-9]{1,2}:[0-9]{2} ?[AP]M)"
_ARRIVE = re.compile(rf"You arrive at ([^.\n]+?) at {_TIME}")
_THERE = re.compile(rf"(\w+) will be at ([^.\n]+?) from {_TIME} to {_TIME}")
_LEAST = re.compile(r"You'd like to meet (\w+) for a minimum of ([0-9]{1,5}) minutes")


def read_meeting_prompt(prompt: str) -> Day:
    """The day of the last task in a prompt; raises `ProblemError` for what is not understood."""
    task = last_task(prompt, _BEGIN)
    ways, mark, constraints = task.partition("CONSTRAINTS:")
    if not mark:
        raise ProblemError("the task has no CONSTRAINTS:")
    travel: dict[tuple[str, str], int] = {}
    for line in filter(None, map(str.strip, ways.split("\n")[1:])):
        way = _WAY.fullmatch(line)
        if way is None or (way[1], way[2]) in travel:
            raise ProblemError(f"{line!r:.80} is no way of its own, as in A to B: 15.")
        travel[way[1], way[2]] = int(way[3])
    arrivals: list[tuple[str, int]] = []
    there: dict[str, tuple[str, int, int]] = {}
    least: dict[str, int] = {}
    for part in re.split(r"\.(?=\s|$)|\n", constraints.split("SOLUTION:")[0]):
        said = " ".join(part.split())
        if match := _ARRIVE.fullmatch(said):
            arrivals.append((match[1], _minutes(match[2])))
        elif (match := _THERE.fullmatch(said)) and match[1] not in there:
            there[match[1]] = (match[2], _minutes(match[3]), _minutes(match[4]))
        elif (match := _LEAST.fullmatch(said)) and match[1] not in least:
            least[match[1]] = int(match[2])
        else:
            require_no_fact(said, there)
    if len(arrivals) != 1 or not there or set(there) != set(least):
        raise ProblemError("wanted one arrival, and of each friend the place and the minutes")
    return Day(
        *arrivals[0], travel, tuple(_friend(name, there[name], least[name]) for name in there)
    )


def require_same(day: Day, constraints: object, distances: object) -> None:
    """Refuses fields of a file that say another thing than its prompt; None says nothing."""
    if constraints is not None:
        said = [
            [day.place, day.time],
            *([f.name, f.place, f.begin, f.until, f.least] for f in day.friends),
        ]
        if not isinstance(constraints, list) or [_row(row) for row in constraints] != said:
            raise ProblemError("they say another thing than the prompt", source="constraints")
    if distances is not None:
        for (start, end), taken in day.travel.items():
            row = distances.get(start) if isinstance(distances, Mapping) else None
            if not isinstance(row, Mapping) or row.get(end) != taken:
                message = f"{start} to {end} is not the {taken} minutes of the prompt"
                raise ProblemError(message, source="dist_matrix")


def _row(row: object) -> list[object]:
    """A constraint with its times in minutes; an empty list for what is none."""
    match row:
        case [place, str(time)]:
            return [place, minutes(time)]
        case [name, place, str(times), least]:
            begin, _, until = times.partition("to")
            return [name, place, minutes(begin.strip()), minutes(until.strip()), least]
        case _:
            return []


def _friend(name: str, there: tuple[str, int, int], least: int) -> Friend:
    place, begin, until = there
    if begin > until or least < 1:
        raise ProblemError(f"{name}'s time ends before it begins, or has no minutes")
    return Friend(name, place, begin, until, least)


def _minutes(text: str) -> int:
    total = minutes(text)
    if total is None:
        raise ProblemError(f"{text!r} is no time")
    return total
