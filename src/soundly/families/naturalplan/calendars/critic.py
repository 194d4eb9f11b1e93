"""The critic of meeting times: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.naturalplan.calendars.calendar import Calendar, calendar_of
from soundly.families.naturalplan.calendars.reading import Slot
from soundly.families.naturalplan.clock import clock, minutes


@dataclass(frozen=True, slots=True)
class CalendarCritic:
    """Accepts exactly the times of the right length, within hours, for which everyone has time.

    Where the earliest is asked for, only that one is right. A rejection lists everyone who is
    taken, and when, and says which time would do.
    """

    name: str = "calendar-scheduling"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate that is no time."""
        return check(calendar_of(problem), slot_of(candidate))


def slot_of(candidate: Candidate) -> Slot:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not (isinstance(solution, tuple) and all(isinstance(word, str) for word in solution)):
        raise CriticError(f"a meeting time is a tuple of words, not {solution!r:.80}")
    if len(solution) not in (1, 3):
        raise CriticError(f"a meeting time has a day, a start and an end, not {solution!r:.80}")
    return solution


def check(calendar: Calendar, slot: Slot) -> Verdict:
    """The verdict on a time in this calendar."""
    times = [minutes(word) for word in slot[1:]]
    start, end = (*times, None, None)[:2]
    if start is None or end is None:
        said = " ".join(slot)
        message = f"{said!r:.80} is not one time, such as Monday, 9:30 - 10:00"
        return reject(Critique("unclear-time", message, repair=_would_do(calendar)))
    critiques = list(_faults(calendar, slot[0], start, end))
    if not critiques and calendar.earliest and calendar.gaps[0][:2] != (slot[0], start):
        message = "it works, and an earlier one does as well, though the earliest is asked for"
        critiques.append(Critique("not-earliest", message, repair=_would_do(calendar)))
    return reject(*critiques) if critiques else ACCEPT


def _faults(calendar: Calendar, day: str, start: int, end: int) -> Iterator[Critique]:
    if day not in calendar.days:
        message = f"{day!r:.60} is none of the days, which are {', '.join(calendar.days)}"
        yield Critique("unknown-day", message)
    if end - start != calendar.length:
        message = f"it takes {end - start} minutes, and {calendar.length} are wanted"
        repair = f"{clock(start)} to {clock(start + calendar.length)}" if end > start else None
        yield Critique("wrong-length", message, repair=repair)
    if start < calendar.opens or end > calendar.closes:
        message = f"it is not between {clock(calendar.opens)} and {clock(calendar.closes)}"
        yield Critique("outside-hours", message)
    hint = _would_do(calendar)
    for each in calendar.taken:
        if each.day == day and each.begin < end and start < each.until:
            verb = "is busy" if each.kind == "busy" else "does not want to meet"
            yield Critique("person-taken", f"{each.person} {verb} then", str(each), repair=hint)
            hint = None


def _would_do(calendar: Calendar) -> str | None:
    """The first time that would do; None where there is none."""
    for day, start, _ in calendar.gaps[:1]:
        return f"everyone has time on {day} from {clock(start)} to {clock(start + calendar.length)}"
    return None
