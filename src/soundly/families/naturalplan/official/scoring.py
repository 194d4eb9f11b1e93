"""An answer to an official item: is it right, and does it count by the official rule."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.verdict import Verdict
from soundly.families.naturalplan.calendars.calendar import NAME as CALENDAR
from soundly.families.naturalplan.calendars.calendar import calendar_of
from soundly.families.naturalplan.calendars.critic import check as check_slot
from soundly.families.naturalplan.calendars.critic import slot_of
from soundly.families.naturalplan.calendars.reading import read_slot
from soundly.families.naturalplan.meetings.critic import Walk, plan_of
from soundly.families.naturalplan.meetings.critic import check as check_meetings
from soundly.families.naturalplan.meetings.day import NAME as MEETING
from soundly.families.naturalplan.meetings.day import day_of
from soundly.families.naturalplan.meetings.reading import read_plan
from soundly.families.naturalplan.meetings.table import table_of
from soundly.families.naturalplan.official.exact_match import meetings_in, same_slot, same_trip
from soundly.families.naturalplan.official.file import Item
from soundly.families.naturalplan.trips.critic import check as check_trip
from soundly.families.naturalplan.trips.critic import plan_of as trip_plan_of
from soundly.families.naturalplan.trips.reading import read_trip_plan
from soundly.families.naturalplan.trips.trip import trip_of

_NEXT_TASK = re.compile(r"^[ \t*]*TASK:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Score:
    """Two figures that are never one: ours, and the official one.

    ``verdict`` is None where nothing could be read; ``exact_match`` is the official rule's word.
    Of meetings, ``feasible`` says whether the plan can be carried out at all, ``met`` how many
    friends it meets as they have to be, and ``most`` how many can be, None where that is not known.
    """

    reading: Reading
    verdict: Verdict | None
    exact_match: bool
    feasible: bool | None = None
    met: int | None = None
    most: int | None = None

    @property
    def valid(self) -> bool:
        """Whether the critic accepts the answer, golden or not."""
        return self.verdict is not None and self.verdict.accepted


def score(item: Item, answer: str) -> Score:
    """What an answer to an item is worth, by the critic and by the official rule.

    Our reading stops where the model goes on with a task of its own (``TASK:``), as it may after
    five examples.
    """
    exact = exact_match(item, answer)
    following = _NEXT_TASK.search(answer)
    text = answer[: following.start()] if following else answer
    problem = item.problem
    if problem.family == CALENDAR:
        calendar = calendar_of(problem)
        reading = read_slot(text, calendar.days)
        found = _candidate(reading)
        verdict = check_slot(calendar, slot_of(found)) if found else None
        return Score(reading, verdict, exact)
    if problem.family == MEETING:
        return _meetings(item, read_plan(text), exact=exact)
    reading = read_trip_plan(text)
    found = _candidate(reading)
    verdict = check_trip(trip_of(problem), trip_plan_of(found)) if found else None
    return Score(reading, verdict, exact)


def exact_match(item: Item, answer: str) -> bool:
    """The official rule's word on an answer: the rules are in the module of this name."""
    if item.problem.family == CALENDAR:
        golden = item.golden if isinstance(item.golden, str) else "\n".join(item.golden)
        return same_slot(answer, golden)
    if item.problem.family == MEETING:
        day = day_of(item.problem)
        return meetings_in(answer, day) == meetings_in(item.golden, day)
    return same_trip(answer, item.cities, item.durations)


def _meetings(item: Item, reading: Reading, *, exact: bool) -> Score:
    table = table_of(item.problem)
    most = table.most if table is not None else None
    found = _candidate(reading)
    if found is None:
        return Score(reading, None, exact, most=most)
    plan = plan_of(found)
    walk = Walk(day_of(item.problem))
    for number, step in enumerate(plan, start=1):
        walk.take(number, step)
    verdict = check_meetings(item.problem, plan)
    return Score(reading, verdict, exact, not walk.critiques, len(walk.met), most)


def _candidate(reading: Reading) -> Candidate | None:
    if not isinstance(reading, Found):
        return None
    return Candidate(reading.solution, reading.canonical, "natural plan")
