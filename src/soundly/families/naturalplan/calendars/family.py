"""Calendar scheduling as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.naturalplan.calendars import audit
from soundly.families.naturalplan.calendars.calendar import NAME, calendar_of
from soundly.families.naturalplan.calendars.critic import CalendarCritic, slot_of
from soundly.families.naturalplan.calendars.draws import DIAL, draw_calendar, draw_full
from soundly.families.naturalplan.calendars.prompts import conversation
from soundly.families.naturalplan.calendars.reading import format_slot, read_slot
from soundly.families.naturalplan.calendars.solver import CalendarSolver, certify_slot
from soundly.families.naturalplan.clock import clock


@dataclass(frozen=True, slots=True)
class CalendarFamily:
    """One meeting for which everybody has time; a size is a number of people."""

    name: str = NAME
    critic: CalendarCritic = field(default_factory=CalendarCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One pass over the calendar, which finds or proves."""
        return (CalendarSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. There is a time."""
        return draw_calendar(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size without a time for all: the same one every time."""
        return draw_full(size=size, seed=seed).problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the time hidden in it, no search."""
        calendar, (day, start) = draw_calendar(size=size, seed=seed)
        return format_slot((day, clock(start), clock(start + calendar.length)))

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in people's names and the order of rows.

        Days keep their order, and lose their names. Two calendars with the same time left, and
        different reasons for it, are different.
        """
        calendar = calendar_of(problem)
        rank = {day: at for at, day in enumerate(calendar.days)}
        people = sorted(
            sorted((rank[e.day], e.begin, e.until) for e in calendar.taken if e.person == person)
            for person in calendar.people
        )
        hours = (calendar.opens, calendar.closes, calendar.length, calendar.earliest)
        return f"{len(calendar.days)} {hours} {people}"

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable calendar."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:
        """The time that an answer proposes, as `read_slot` says."""
        return read_slot(text, calendar_of(problem).days)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The time as evidence, word by word as it was read."""
        return certify_slot(problem, slot_of(candidate))

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A time with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no time.
        """
        calendar = calendar_of(problem)
        reading = read_slot(answer, calendar.days)
        if not isinstance(reading, Found) or len(slot := slot_of(_of(reading))) != 3:
            raise UsageError(f"near misses are made of meeting times, not of {answer!r:.80}")
        return audit.near_miss(slot, calendar, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the time is among all that there are."""
        return audit.is_right(problem.statement["calendar"], slot_of(candidate))


def _of(reading: Found) -> Candidate:
    return Candidate(reading.solution, reading.canonical, "near-miss")
