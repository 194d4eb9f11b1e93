"""Natural Plan's prompts for calendars, read into calendars."""

from __future__ import annotations

import re

from soundly.core.errors import ProblemError
from soundly.families.naturalplan.calendars.calendar import Calendar, Taken
from soundly.families.naturalplan.clock import minutes
from soundly.families.naturalplan.official.pieces import last_task, require_no_fact

_TIME = r"([0-9]{1,2}:[0-9]{2})"
_BEGIN = re.compile(r"You need to schedule a meeting for ")
_HEAD = re.compile(
    r"You need to schedule a meeting for ([^.:\n]+?) for (half an hour|an hour|one hour|"
    rf"[0-9]{{1,4}} (?:minutes?|hours?)) between the work hours of {_TIME} to {_TIME} on "
    r"(?:either )?([^.\n]+)\."
)
_LENGTHS = {"half an hour": 30, "an hour": 60, "one hour": 60}
_SCHEDULES = re.compile(r"Here are the existing schedules for everyone during the \w+:")
_FREE = re.compile(r"(?:'s calendar is wide open|is free|has no meetings) the (?:entire|whole) \w+")
_BUSY = re.compile(r"(?:is busy|has meetings|has blocked their calendar) on (.+)")
_DAY_BUSY = re.compile(r"([A-Z]\w+) during ")
_SPAN = re.compile(rf"{_TIME} to {_TIME}")
_WISH = re.compile(
    r"(?:can ?not meet|do(?:es)? not want to meet|would rather not meet|"
    r"would like to avoid more meetings) on (.+)"
)
_WHEN = re.compile(rf"(\w+)(?: (before|after) {_TIME})?")
_EARLIEST = re.compile(
    r"(?:You would like to schedule the meeting|The group would like to meet) "
    r"at their earl(?:ie|i)st availability"
)


def read_calendar_prompt(prompt: str) -> Calendar:
    """The calendar of the last task in a prompt; raises `ProblemError` for what is not understood.

    A wish not to meet at some time counts as much as a meeting: with it the official answer is the
    only one, without it often not. "Earliest availability" makes the first time the only answer.
    """
    task = last_task(prompt, _BEGIN)
    head = _HEAD.match(task)
    if head is None:
        raise ProblemError(f"{task.split(chr(10))[0]!r:.120} does not say who meets how long when")
    people, days = _names(head[1]), _names(head[5])
    opens, closes = _minutes(head[3]), _minutes(head[4])
    taken: list[Taken] = []
    earliest, who, scheduled = False, "", set[str]()
    for line in re.split(r"[;\n]|\.(?= |\n|$)", task[head.end() :].split("SOLUTION:")[0]):
        said = " ".join(line.split())
        name = max((each for each in people if said.startswith(each)), key=len, default="")
        rest = said[len(name) :].strip()
        if _EARLIEST.fullmatch(said):
            earliest = True
        elif name and _FREE.fullmatch(rest):
            scheduled.add(name)
        elif name and (match := _BUSY.fullmatch(rest)):
            scheduled.add(name)
            taken += _meetings(name, match[1], days)
        elif name and (match := _WISH.fullmatch(rest)):
            who = name
            taken += _wish(who, match[1], days, (opens, closes))
        elif who and not name and said.split(" ")[0] in days:
            taken += _wish(who, said, days, (opens, closes))
        elif not _SCHEDULES.fullmatch(said):
            require_no_fact(said, [*people, *days])
    if missing := set(people) - scheduled:
        raise ProblemError(f"nothing is said of {min(missing)}'s calendar")
    length = _LENGTHS.get(head[2]) or _length(head[2])
    return Calendar(days, opens, closes, length, people, tuple(taken), earliest)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(each.strip() for each in re.split(r",| and | or ", text) if each.strip())
    if not names or len(set(names)) != len(names):
        raise ProblemError(f"{text!r:.120} does not name different people or days")
    return names


def _length(text: str) -> int:
    number, unit = text.split(" ")
    return int(number) * (60 if unit.startswith("hour") else 1)


def _minutes(text: str) -> int:
    total = minutes(text)
    if total is None:
        raise ProblemError(f"{text!r} is no time")
    return total


def _meetings(person: str, text: str, days: tuple[str, ...]) -> list[Taken]:
    parts = _DAY_BUSY.split(text)
    taken: list[Taken] = []
    if parts[0] or len(parts) < 3:
        raise ProblemError(f"{text!r:.120} does not say when {person} is busy")
    for day, spans in zip(parts[1::2], parts[2::2], strict=True):
        listed = filter(None, (each.strip() for each in spans.split(",")))
        taken += [_taken(person, day, _SPAN.fullmatch(span), days, span) for span in listed]
    return taken


def _taken(
    person: str, day: str, match: re.Match[str] | None, days: tuple[str, ...], span: str
) -> Taken:
    begin, until = (_minutes(match[1]), _minutes(match[2])) if match else (0, 0)
    if day not in days or begin >= until:
        raise ProblemError(f"{day} {span!r:.60} is no time on one of the days, for {person}")
    return Taken(person, day, begin, until)


def _wish(person: str, text: str, days: tuple[str, ...], hours: tuple[int, int]) -> list[Taken]:
    taken: list[Taken] = []
    for part in re.split(r", | and | or ", text):
        match = _WHEN.fullmatch(part)
        if match is None or match[1] not in days:
            raise ProblemError(f"{part!r:.80} is no time on one of the days, for {person}")
        begin = _minutes(match[3]) if match[2] == "after" else hours[0]
        until = _minutes(match[3]) if match[2] == "before" else hours[1]
        if begin < until:
            taken.append(Taken(person, match[1], begin, until, "avoid"))
    return taken
