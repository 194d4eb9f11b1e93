"""The critic of days with friends: every fault at once, each at its step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject, unknown
from soundly.families.naturalplan.clock import clock, minutes
from soundly.families.naturalplan.meetings.day import Day, Friend, day_of
from soundly.families.naturalplan.meetings.reading import Step
from soundly.families.naturalplan.meetings.table import Table, table_of

Plan: TypeAlias = tuple[Step, ...]

_FIELDS = {"start": 3, "travel": 4, "wait": 2, "meet": 5, "unclear": 2}


@dataclass(frozen=True, slots=True)
class MeetingCritic:
    """Accepts exactly the plans that can be carried out and meet as many friends as is wanted.

    Where that is "most", the most is found by dynamic programming; a day so large that this would
    not end is UNKNOWN, unless the plan meets everyone.
    """

    name: str = "meeting-planning"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate that is no plan."""
        return check(problem, plan_of(candidate))


def plan_of(candidate: Candidate) -> Plan:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    plan = candidate.solution
    if not isinstance(plan, tuple):
        raise CriticError(f"a plan is a tuple of steps, not a {type(plan).__name__}")
    for step in plan:
        words = isinstance(step, tuple) and all(isinstance(word, str) for word in step)
        if not words or not step or _FIELDS.get(step[0]) != len(step):
            raise CriticError(f"{step!r:.80} is no step of a plan")
    return plan


def check(problem: Problem, plan: Plan) -> Verdict:
    """The verdict on a plan for this problem."""
    day = day_of(problem)
    walk = Walk(day)
    for number, step in enumerate(plan, start=1):
        walk.take(number, step)
    met = len(walk.met)
    if day.wanted is not None:
        if met < day.wanted:
            message = f"{met} friends are met as they have to be, and {day.wanted} are wanted"
            walk.critiques.append(Critique("too-few-met", message, repair=_missing(day, walk)))
    elif met < len(day.friends):
        table = table_of(problem)
        if table is None:
            message = f"{met} friends are met; whether more can be is too much to find out"
            limit = Critique("most-unknown", message)
            return reject(*walk.critiques, limit) if walk.critiques else unknown(limit)
        if met < table.most:
            message = f"{met} friends are met as they have to be, and {table.most} can be"
            repair = _one_way(day, table)
            walk.critiques.append(Critique("too-few-met", message, repair=repair))
    return reject(*walk.critiques) if walk.critiques else ACCEPT


@dataclass(slots=True)
class Walk:
    """A day gone through step by step. After a fault the step's own word is believed."""

    day: Day
    place: str = field(init=False)
    now: int = field(init=False)
    met: set[str] = field(default_factory=set)
    critiques: list[Critique] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place, self.now = self.day.place, self.day.time

    def take(self, number: int, step: Step) -> None:
        """Go one step on, and note what is wrong with it."""
        match step:
            case ("start", place, time):
                here = (place, minutes(time)) == (self.day.place, self.day.time)
                if number != 1 or not here:
                    message = f"the day starts at {self.day.place} at {clock(self.day.time)}, once"
                    self._fault(number, "wrong-start", message)
            case ("travel", place, taken, arrival):
                self._travel(number, place, taken, arrival)
            case ("wait", time):
                until = minutes(time) or 0
                if until < self.now:
                    message = f"it is {clock(self.now)} already"
                    self._fault(number, "wait-until-the-past", message)
                self.now = until
            case ("meet", who, taken, begin, until):
                self._meet(number, who, taken, minutes(begin) or 0, minutes(until) or 0)
            case _:
                message = f"{step[-1]!r:.120} is no step"
                self._fault(number, "unclear-step", message)

    def _travel(self, number: int, place: str, taken: str, arrival: str) -> None:
        minutes_needed = self.day.travel.get((self.place, place))
        if minutes_needed is None:
            message = f"no way from {self.place} to {place} is known"
            self._fault(number, "no-way", message)
            self.now = max(self.now, minutes(arrival) or 0)
        else:
            if taken not in ("", str(minutes_needed)):
                message = f"it takes {minutes_needed} minutes from {self.place}, not {taken}"
                self._fault(number, "wrong-travel-time", message)
            self.now += minutes_needed
            if arrival and minutes(arrival) != self.now:
                message = f"arrival is at {clock(self.now)}, not {arrival}"
                self._fault(number, "wrong-arrival", message)
                self.now = minutes(arrival) or self.now
        self.place = place

    def _meet(self, number: int, who: str, taken: str, begin: int, until: int) -> None:
        friend = next((each for each in self.day.friends if each.name == who), None)
        faults = len(self.critiques)
        if friend is None:
            self._fault(number, "unknown-friend", f"{who} is none of the friends to meet")
        elif who in self.met:
            self._fault(number, "met-twice", f"{who} is met before")
        else:
            self._appointment(number, friend, begin, until)
        if begin < self.now:
            message = f"it begins {self.now - begin} minutes before you can be there"
            repair = f"not before {clock(self.now)}"
            self._fault(number, "too-early", message, repair)
        if taken not in ("", str(until - begin)):
            message = f"{clock(begin)} to {clock(until)} is {until - begin} minutes, not {taken}"
            self._fault(number, "wrong-duration", message)
        self.now = until
        if friend is not None and faults == len(self.critiques):
            self.met.add(who)

    def _appointment(self, number: int, friend: Friend, begin: int, until: int) -> None:
        """What is wrong with when and where a friend is met."""
        if self.place != friend.place:
            message = f"{friend.name} is at {friend.place}, and you are at {self.place}"
            self._fault(number, "wrong-place", message)
        if begin < friend.begin:
            message = f"{friend.name} comes at {clock(friend.begin)}, so wait"
            self._fault(number, "before-friend", message, f"wait until {clock(friend.begin)}")
        if until > friend.until:
            late = f"{until - friend.until} minutes too late"
            message = f"{friend.name} leaves at {clock(friend.until)}: it ends {late}"
            last = friend.until - friend.least
            self._fault(number, "after-friend", message, f"begin by {clock(max(0, last))}")
        if until - begin < friend.least:
            message = f"{friend.name} is to be met for {friend.least} minutes at least"
            self._fault(number, "too-short", message)

    def _fault(self, number: int, code: str, message: str, repair: str | None = None) -> None:
        where = f"step {number}"
        self.critiques.append(Critique(code, message, where, step=number, repair=repair))


def _missing(day: Day, walk: Walk) -> str:
    names = [friend.name for friend in day.friends if friend.name not in walk.met]
    return f"not met: {', '.join(names[:12])}"


def _one_way(day: Day, table: Table) -> str:
    return f"such as {', '.join(day.friends[number].name for number in table.order())}"
