"""A trip as a model for CP-SAT: a flow through the cities, with beds, meals and sights on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ortools.sat.python import cp_model

from soundly.families.travel.plan import MEALS, Plan, day_of
from soundly.families.travel.world import Attraction, Lodging, Restaurant, Trip


@dataclass(frozen=True, slots=True)
class Ride:
    """One way to travel on one day: its text in a plan, and its cost for all."""

    day: int
    start: str
    end: str
    mode: str
    text: str
    cost: int


class TripModel:
    """The constraints of a trip; `solve` gives a plan that keeps them, or says that there is none.

    Nobody eats at home or sleeps there: it would cost, and no constraint asks for it.
    """

    def __init__(self, trip: Trip) -> None:
        self.trip = trip
        self.days = trip.query.days
        self.model = cp_model.CpModel()
        self.cities = sorted(trip.candidates)
        self.rides = {ride: self._flag() for ride in rides_of(trip)}
        self.sleeps = {(d, c): self._flag() for d in range(1, self.days) for c in self.cities}
        self.stays = {(d, c): self._flag() for d in range(2, self.days) for c in self.cities}
        self.beds: dict[tuple[int, Lodging], cp_model.IntVar] = {}
        self.meals: dict[tuple[int, Restaurant], cp_model.IntVar] = {}
        self.sights: dict[tuple[int, Attraction], cp_model.IntVar] = {}
        self._flow()
        self._modes()
        self._lodge()
        self._eat()
        self._see()
        self._spend()

    def solve(self, *, max_seconds: float) -> Plan | str:
        """A plan, or the name of the solver's status: INFEASIBLE where there is none."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max_seconds
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return str(solver.status_name(status))
        return self._plan(solver)

    def _flag(self) -> cp_model.IntVar:
        return self.model.new_bool_var("")

    def _flow(self) -> None:
        """Each night is in one city, reached by a ride or by staying; no city is entered twice."""
        into, out = defaultdict(list), defaultdict(list)
        entered = defaultdict(list)
        for ride, taken in self.rides.items():
            into[ride.day, ride.end].append(taken)
            out[ride.day, ride.start].append(taken)
            entered[ride.end].append(taken)
        for day in range(1, self.days):
            self.model.add_exactly_one(self.sleeps[day, city] for city in self.cities)
        self.model.add(sum(out[1, self.trip.query.start]) == 1)
        self.model.add(sum(into[self.days, self.trip.query.start]) == 1)
        for city in self.cities:
            self.model.add(sum(entered[city]) <= 1)
            for day in range(1, self.days + 1):
                stay = self.stays.get((day, city), 0)
                if day < self.days:
                    self.model.add(self.sleeps[day, city] == stay + sum(into[day, city]))
                if day > 1:
                    self.model.add(self.sleeps[day - 1, city] == stay + sum(out[day, city]))
        every = [taken for city in self.cities for taken in entered[city]]
        self.model.add(sum(every) == self.trip.query.cities)

    def _modes(self) -> None:
        own = self._flag()
        for ride, taken in self.rides.items():
            self.model.add_implication(taken, own if ride.mode == "self-driving" else own.negated())

    def _lodge(self) -> None:
        """A bed for each night, in lodgings that suit, for as many nights as they ask."""
        for lodging in filter(self.trip.suits, self.trip.world.lodgings):
            if lodging.city in self.trip.candidates:
                for day in range(1, self.days):
                    self.beds[day, lodging] = self._flag()
        here = defaultdict(list)
        for (day, lodging), bed in self.beds.items():
            here[day, lodging.city].append(bed)
            before = self.beds.get((day - 1, lodging))
            known = [bed] if before is None else [bed, before.negated()]
            for later in range(day + 1, day + lodging.minimum_nights):
                after = self.beds.get((later, lodging))
                if after is None:
                    self.model.add_bool_or([each.negated() for each in known])
                    break
                self.model.add_implication(bed, after) if before is None else (
                    self.model.add_bool_or([bed.negated(), before, after])
                )
        for key, sleeps in self.sleeps.items():
            self.model.add(sum(here[key]) == sleeps)

    def _eat(self) -> None:
        """Three meals on days without travel, none twice, all cuisines that were asked for."""
        once, daily, kinds = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in self.trip.world.restaurants:
            if row.city not in self.trip.candidates:
                continue
            for day in range(1, self.days + 1):
                meal = self.meals[day, row] = self._flag()
                there = [self.sleeps.get((each, row.city), 0) for each in (day - 1, day)]
                self.model.add(meal <= sum(there))
                once[row].append(meal)
                daily[day].append(meal)
                for kind in row.cuisines:
                    kinds[kind].append(meal)
        for meals in once.values():
            self.model.add_at_most_one(meals)
        for day in range(1, self.days + 1):
            full = sum(self.stays.get((day, city), 0) for city in self.cities)
            self.model.add(sum(daily[day]) <= len(MEALS))
            self.model.add(sum(daily[day]) >= len(MEALS) * full)
        for kind in self.trip.query.cuisines:
            self.model.add(sum(kinds[kind]) >= 1)

    def _see(self) -> None:
        """An attraction on each day without travel, none twice."""
        once, here = defaultdict(list), defaultdict(list)
        for row in self.trip.world.attractions:
            for day in range(2, self.days) if row.city in self.trip.candidates else ():
                sight = self.sights[day, row] = self._flag()
                once[row].append(sight)
                here[day, row.city].append(sight)
        for sights in once.values():
            self.model.add_at_most_one(sights)
        for key, stay in self.stays.items():
            self.model.add(sum(here[key]) == stay)

    def _spend(self) -> None:
        people = self.trip.query.people
        costs = [ride.cost * taken for ride, taken in self.rides.items()]
        costs += [self.trip.nightly(row) * bed for (_, row), bed in self.beds.items()]
        costs += [row.cost * people * meal for (_, row), meal in self.meals.items()]
        self.model.add(sum(costs) <= self.trip.query.budget)

    def _plan(self, solver: cp_model.CpSolver) -> Plan:
        days: list[dict[str, str]] = [{"days": str(day)} for day in range(1, self.days + 1)]
        for (day, city), stay in self.stays.items():
            if solver.boolean_value(stay):
                days[day - 1]["current_city"] = city
        for ride, taken in self.rides.items():
            if solver.boolean_value(taken):
                days[ride.day - 1]["current_city"] = f"from {ride.start} to {ride.end}"
                days[ride.day - 1]["transportation"] = ride.text
        for (day, lodging), bed in self.beds.items():
            if solver.boolean_value(bed):
                days[day - 1]["accommodation"] = f"{lodging.name}, {lodging.city}"
        for (day, sight), seen in self.sights.items():
            if solver.boolean_value(seen):
                days[day - 1]["attraction"] = f"{sight.name}, {sight.city}"
        for (day, table), eaten in self.meals.items():
            if solver.boolean_value(eaten):
                free = next(meal for meal in reversed(MEALS) if meal not in days[day - 1])
                days[day - 1][free] = f"{table.name}, {table.city}"
        return tuple(day_of(day) for day in days)


def rides_of(trip: Trip) -> list[Ride]:
    """Every way to leave on the first day, to travel between, and to come back on the last."""
    query = trip.query
    rides: list[Ride] = []
    for flight in trip.world.flights:
        text = f"Flight Number: {flight.number}, from {flight.start} to {flight.end}"
        cost = trip.fare("flight", flight.price)
        rides.append(Ride(flight.day, flight.start, flight.end, "flight", text, cost))
    for (start, end), road in trip.roads.items():
        for mode, price in (("self-driving", road.self_driving), ("taxi", road.taxi)):
            text = f"{mode.capitalize()}, from {start} to {end}"
            cost = trip.fare(mode, price)
            rides += [Ride(day, start, end, mode, text, cost) for day in range(1, query.days + 1)]

    def leads_on(ride: Ride) -> bool:
        first, last = ride.day == 1, ride.day == query.days
        return (
            ride.mode != (query.ban or "").removeprefix("no ")
            and ride.day <= query.days
            and (ride.start == query.start if first else ride.start in trip.candidates)
            and (ride.end == query.start if last else ride.end in trip.candidates)
        )

    return [ride for ride in rides if leads_on(ride)]
