"""Calendars as prompts: plain English or the statement's own rows."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.naturalplan.calendars.calendar import Calendar, calendar_of
from soundly.families.naturalplan.calendars.draws import draw_calendar
from soundly.families.naturalplan.calendars.reading import format_slot
from soundly.families.naturalplan.clock import clock

_TASK = (
    "Find one time for a meeting: it has to lie within the working hours of one day, take exactly "
    "as long as is said, and overlap with nothing that anyone has on that day."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END]: a day, a start and an end, as in "
    "Tuesday, 13:00 - 13:30. Write nothing else between these lines. If you are sure that no "
    "time works, write [NO SOLUTION] instead."
)
_ROWS = (
    "The calendar has a row for each fact, with bars between its fields: the days; the working "
    "hours; the meeting's length in minutes; the word earliest where only the earliest time is "
    "right; each person; and when a person is busy or wants to avoid a meeting (person, day, "
    "from, until)."
)


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples are about meetings of another length than the problem's, so that none can answer it.
    Raises `ProblemError` for a calendar that cannot be read.
    """
    asked = calendar_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_ROWS] if formal else []), _FORM]
    length = 60 if asked.length == 30 else 30
    for seed in range(style.examples):
        calendar, (day, start) = draw_calendar(size=3, seed=seed, length=length)
        thoughts = f"{_thoughts(calendar)}\n\n" if style.thoughts else ""
        answer = format_slot((day, clock(start), clock(start + length)))
        shown = _stated(calendar, formal=formal)
        parts.append(f"Example problem:\n\n{shown}\n\nAnswer:\n\n{thoughts}{answer}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _thoughts(calendar: Calendar) -> str:
    gaps = "; ".join(f"{day} from {clock(a)} until {clock(b)}" for day, a, b in calendar.gaps)
    return f"What nobody has anything in, and is long enough: {gaps}."


def _stated(calendar: Calendar, *, formal: bool) -> str:
    if formal:
        return calendar.problem("stated").statement["calendar"].strip()
    hours = f"between {clock(calendar.opens)} and {clock(calendar.closes)}"
    wanted = f"want to meet for {calendar.length} minutes, {hours}"
    lines = [f"{_all(calendar.people)} {wanted}, on {_all(calendar.days, 'or')}."]
    for person in calendar.people:
        times = [
            f"{each.day} {clock(each.begin)} to {clock(each.until)}"
            for each in calendar.taken
            if each.person == person and each.kind == "busy"
        ]
        lines.append(
            f"- {person} is busy: {'; '.join(times)}." if times else f"- {person} is free."
        )
    for each in calendar.taken:
        if each.kind == "avoid":
            span = f"from {clock(each.begin)} to {clock(each.until)}"
            lines.append(f"{each.person} does not want to meet on {each.day} {span}.")
    if calendar.earliest:
        lines.append("They want the earliest time that works, and no other.")
    return "\n".join(lines)


def _all(names: tuple[str, ...], last: str = "and") -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
