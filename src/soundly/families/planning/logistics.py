"""Logistics: parcels that trucks carry within cities and planes between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.drawn import DrawnFamily, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.sizes import require_size

NAME = "logistics"
LARGEST = 1_000
SHORTEST_EXAMPLE = 4

DOMAIN = """\
(define (domain logistics)
  (:requirements :strips :typing)
  (:types truck plane - vehicle airport - place parcel city)
  (:predicates (parked ?vehicle - vehicle ?place - place) (waiting ?parcel - parcel ?place - place)
               (aboard ?parcel - parcel ?vehicle - vehicle) (part-of ?place - place ?city - city))

  (:action load
    :parameters (?parcel - parcel ?vehicle - vehicle ?place - place)
    :precondition (and (waiting ?parcel ?place) (parked ?vehicle ?place))
    :effect (and (aboard ?parcel ?vehicle) (not (waiting ?parcel ?place))))

  (:action unload
    :parameters (?parcel - parcel ?vehicle - vehicle ?place - place)
    :precondition (and (aboard ?parcel ?vehicle) (parked ?vehicle ?place))
    :effect (and (waiting ?parcel ?place) (not (aboard ?parcel ?vehicle))))

  (:action drive
    :parameters (?truck - truck ?from ?to - place ?city - city)
    :precondition (and (parked ?truck ?from) (part-of ?from ?city) (part-of ?to ?city))
    :effect (and (parked ?truck ?to) (not (parked ?truck ?from))))

  (:action fly
    :parameters (?plane - plane ?from ?to - airport)
    :precondition (parked ?plane ?from)
    :effect (and (parked ?plane ?to) (not (parked ?plane ?from)))))
"""

PHRASES = Phrases(
    actions={
        "load": "load {} into {} at {}",
        "unload": "unload {} from {} at {}",
        "drive": "drive {} from {} to {} in {}",
        "fly": "fly {} from {} to {}",
    },
    predicates={
        "parked": "{} is parked at {}",
        "waiting": "{} is waiting at {}",
        "aboard": "{} is aboard {}",
        "part-of": "{} is part of {}",
    },
)


@dataclass(frozen=True, slots=True)
class Logistics:
    """One instance. ``cities`` holds the places of each city, its airport first.

    ``vehicles``, ``start`` and ``goal`` say where trucks and planes, and the parcels, are.
    """

    cities: tuple[tuple[str, ...], ...]
    vehicles: Mapping[str, str]
    start: Mapping[str, str]
    goal: Mapping[str, str]

    def problem(self, name: str, *more_goals: str) -> Problem:
        """The instance in PDDL."""
        places = [place for city in self.cities for place in city]
        kinds = {
            "truck": [v for v in self.vehicles if v.startswith("truck")],
            "plane": [v for v in self.vehicles if v.startswith("plane")],
            "airport": [city[0] for city in self.cities],
            "place": [place for city in self.cities for place in city[1:]],
            "parcel": list(self.start),
            "city": [f"city{c}" for c in range(1, len(self.cities) + 1)],
        }
        objects = [f"{' '.join(names)} - {kind}" for kind, names in kinds.items() if names]
        init = [f"(part-of {place} {_city_of(place)})" for place in places]
        init += [f"(parked {vehicle} {place})" for vehicle, place in self.vehicles.items()]
        init += [f"(waiting {parcel} {place})" for parcel, place in self.start.items()]
        goal = [f"(waiting {parcel} {place})" for parcel, place in self.goal.items()]
        text = (
            f"(define (problem {name})\n  (:domain logistics)\n"
            f"  (:objects {' '.join(objects)})\n"
            f"  (:init {' '.join(init)})\n"
            f"  (:goal (and {' '.join([*goal, *more_goals])})))\n"
        )
        return Problem(NAME, name, {"domain": DOMAIN, "problem": text})

    def plan(self) -> Plan:
        """A valid plan: one parcel after another goes by truck, plane and truck, as it needs."""
        parked = dict(self.vehicles)
        return tuple(
            step
            for parcel, goal in self.goal.items()
            for step in self._delivery(parcel, self.start[parcel], goal, parked)
        )

    def _delivery(
        self, parcel: str, start: str, goal: str, parked: dict[str, str]
    ) -> Iterator[Step]:
        """The steps for one parcel; ``parked`` is kept up to date."""
        stops = [start]
        if _city_of(start) != _city_of(goal):
            stops += [_airport_of(start), _airport_of(goal)]
        for here, there in zip(stops, [*stops[1:], goal], strict=True):
            if here == there:
                continue
            same = _city_of(here) == _city_of(there)
            vehicle = _truck_of(here) if same else "plane1"
            yield from _ride(vehicle, here, parked)
            yield "load", parcel, vehicle, here
            yield from _ride(vehicle, there, parked)
            yield "unload", parcel, vehicle, there


def _ride(vehicle: str, there: str, parked: dict[str, str]) -> Iterator[Step]:
    here = parked[vehicle]
    if here != there and vehicle.startswith("plane"):
        yield "fly", vehicle, here, there
    elif here != there:
        yield "drive", vehicle, here, there, _city_of(here)
    parked[vehicle] = there


@dataclass(frozen=True, slots=True)
class LogisticsWorld:
    """The size is the number of parcels; with them grow cities and, slowly, planes.

    A city has an airport, one or two other places and a truck. Every parcel has to move. Raises
    `UsageError` for fewer than one parcel, or more than 1,000.
    """

    dial: Dial = field(default_factory=lambda: Dial(smallest=1, trained=5))

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with the plan that `Logistics.plan` makes."""
        instance = _instance(size, Random(f"{NAME} {size} {seed}"))  # noqa: S311 - no secret
        return WorkedExample(instance.problem(name), instance.plan())

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance that asks for one parcel in two places, or for one where no truck goes."""
        rng = Random(f"{NAME} unsolvable {size} {seed}")  # noqa: S311 - instances are no secret
        instance = _instance(size, rng)
        parcel = rng.choice(list(instance.goal))
        places = [place for city in instance.cities for place in city]
        if rng.random() < 0.5:
            other = rng.choice([place for place in places if place != instance.goal[parcel]])
            return instance.problem(name, f"(waiting {parcel} {other})")
        remote = [p for city in instance.cities for p in city[1:] if p != instance.start[parcel]]
        place = rng.choice(remote)
        vehicles = {v: p for v, p in instance.vehicles.items() if v != _truck_of(place)}
        goal = {**instance.goal, parcel: place}
        return Logistics(instance.cities, vehicles, instance.start, goal).problem(name)


def _instance(size: int, rng: Random) -> Logistics:
    require_size(size, WORLD.dial.smallest, LARGEST, "parcels")
    cities = tuple(
        tuple(f"p{city}-{place}" for place in range(rng.randint(2, 3)))
        for city in range(1, 3 + size // 3)
    )
    places = [place for city in cities for place in city]
    vehicles = {f"truck{c}": rng.choice(city) for c, city in enumerate(cities, start=1)}
    for plane in range(1, 2 + size // 6):
        vehicles[f"plane{plane}"] = rng.choice(cities)[0]
    start = {f"parcel{p}": rng.choice(places) for p in range(1, size + 1)}
    goal = {
        parcel: rng.choice([place for place in places if place != here])
        for parcel, here in start.items()
    }
    return Logistics(cities, vehicles, start, goal)


def _number_of(place: str) -> str:
    return place.removeprefix("p").partition("-")[0]


def _city_of(place: str) -> str:
    return f"city{_number_of(place)}"


def _truck_of(place: str) -> str:
    return f"truck{_number_of(place)}"


def _airport_of(place: str) -> str:
    return f"p{_number_of(place)}-0"


WORLD = LogisticsWorld()


def logistics() -> DrawnFamily:
    """Parcels to bring by truck and plane; a size is a number of parcels."""
    examples = small_examples(WORLD, size=1, shortest=SHORTEST_EXAMPLE)
    return DrawnFamily(PlanningFamily(name=NAME, phrases=PHRASES, examples=examples), WORLD)
