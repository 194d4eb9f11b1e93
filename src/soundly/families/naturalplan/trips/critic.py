"""The critic of trips: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.naturalplan.trips.reading import Step
from soundly.families.naturalplan.trips.trip import Trip, trip_of

Plan: TypeAlias = tuple[Step, ...]

_FIELDS = {"stay": 5, "fly": 4, "unclear": 2}


@dataclass(frozen=True, slots=True)
class TripCritic:
    """Accepts exactly the trips that visit each city once, for its days, by direct flights.

    Flights may be left unsaid: the order of the stays says them. What is said has to be right.
    """

    name: str = "trip-planning"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate that is no trip."""
        return check(trip_of(problem), plan_of(candidate))


def plan_of(candidate: Candidate) -> Plan:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    plan = candidate.solution
    if not isinstance(plan, tuple):
        raise CriticError(f"a trip is a tuple of steps, not a {type(plan).__name__}")
    for step in plan:
        words = isinstance(step, tuple) and all(isinstance(word, str) for word in step)
        if not words or not step or _FIELDS.get(step[0]) != len(step):
            raise CriticError(f"{step!r:.80} is no step of a trip")
    return plan


def check(trip: Trip, plan: Plan) -> Verdict:
    """The verdict on a plan for this trip."""
    walk = _Walk(trip)
    for number, step in enumerate(plan, start=1):
        walk.take(number, step)
    critiques = [*walk.critiques, *walk.left()]
    return reject(*critiques) if critiques else ACCEPT


@dataclass(slots=True)
class _Walk:
    """A trip gone through step by step. After a fault the step's own word is believed."""

    trip: Trip
    today: int = 1
    visited: list[str] = field(default_factory=list)
    ahead: str = ""
    critiques: list[Critique] = field(default_factory=list)

    def take(self, number: int, step: Step) -> None:
        match step:
            case ("stay", first, last, city, days):
                self._stay(number, (int(first), int(last)), city, days)
            case ("fly", day, start, end):
                self._fly(number, int(day), start, end)
            case _:
                self._fault(number, "unclear-step", f"{step[-1]!r:.120} is no stay and no flight")

    def _stay(self, number: int, days: tuple[int, int], city: str, said: str) -> None:
        first, last = days
        if first != self.today:
            message = f"it begins on day {first}, and it is day {self.today}"
            self._fault(number, "wrong-day", message, f"begin on day {self.today}")
        wanted = self.trip.stays.get(city)
        if wanted is None:
            self._fault(number, "unknown-city", f"{city} is none of the cities")
        else:
            self._in_city(number, days, city, wanted)
        if said not in ("", str(last - first + 1)):
            message = f"day {first} to day {last} is {last - first + 1} days, not {said}"
            self._fault(number, "days-do-not-add-up", message)
        if self.ahead not in ("", city):
            self._fault(number, "wrong-flight", f"the flight before goes to {self.ahead}")
        if self.visited and (self.visited[-1], city) not in self.trip.flights:
            message = f"there is no direct flight from {self.visited[-1]} to {city}"
            self._fault(number, "no-flight", message, self._reachable())
        self.visited.append(city)
        self.ahead, self.today = "", last

    def _in_city(self, number: int, days: tuple[int, int], city: str, wanted: int) -> None:
        """What is wrong with a stay in a city of the trip."""
        first, last = days
        if city in self.visited:
            self._fault(number, "visited-twice", f"{city} is visited before")
        if last - first + 1 != wanted:
            message = f"{last - first + 1} days in {city}, and {wanted} are wanted"
            self._fault(number, "wrong-stay", message, f"day {first}-{first + wanted - 1}")
        for window in self.trip.windows:
            if window.city == city and window.missed_by(first, last):
                message = f"day {first} to day {last} misses what is to be there: {window}"
                self._fault(number, "missed-window", message)

    def _fly(self, number: int, day: int, start: str, end: str) -> None:
        if not self.visited or self.ahead:
            self._fault(number, "flight-out-of-place", "a flight comes between two stays")
        if self.visited and start != self.visited[-1]:
            message = f"it leaves from {start}, and you are in {self.visited[-1]}"
            self._fault(number, "wrong-flight", message)
        if day != self.today:
            self._fault(number, "wrong-day", f"it is on day {day}, and it is day {self.today}")
        self.ahead = end

    def left(self) -> Iterator[Critique]:
        """What is wrong with the plan as a whole."""
        for city, days in self.trip.stays.items():
            if city not in self.visited:
                yield Critique("city-left-out", f"{city} is not visited; {days} days are wanted")
        if self.ahead:
            yield Critique("flight-out-of-place", f"no stay follows the flight to {self.ahead}")
        if self.today != self.trip.days:
            message = f"it ends on day {self.today}, and the trip has {self.trip.days} days"
            yield Critique("wrong-end", message)

    def _reachable(self) -> str:
        ends = sorted(end for start, end in self.trip.flights if start == self.visited[-1])
        return f"from {self.visited[-1]} one flies to {', '.join(ends[:12]) or 'nowhere'}"

    def _fault(self, number: int, code: str, message: str, repair: str | None = None) -> None:
        where = f"step {number}"
        self.critiques.append(Critique(code, message, where, step=number, repair=repair))
