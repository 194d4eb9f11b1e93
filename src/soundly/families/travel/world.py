"""A world to travel in, and what is asked of a trip through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

RULES = ("smoking", "parties", "children under 10", "visitors", "pets")
ROOM_TYPES = ("shared room", "private room", "entire room")
ROOM_WISHES = (*ROOM_TYPES, "not shared room")
BANS = ("no flight", "no self-driving")

SEATS = {"self-driving": 5, "taxi": 4}
"""How many travel in one car; a larger party pays for more cars."""


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight on one day of the trip; the price is for one person."""

    number: str
    day: int
    start: str
    end: str
    departs: str
    arrives: str
    price: int


@dataclass(frozen=True, slots=True)
class Road:
    """A road between two cities, good in both directions; the prices are for one car."""

    first: str
    second: str
    minutes: int
    kilometres: int
    self_driving: int
    taxi: int


@dataclass(frozen=True, slots=True)
class Lodging:
    """A place to sleep; the price is for one room and one night, the occupancy for one room."""

    name: str
    city: str
    price: int
    room_type: str
    minimum_nights: int
    maximum_occupancy: int
    forbids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restaurant:
    """A place to eat; the cost is for one person and one meal."""

    name: str
    city: str
    cost: int
    cuisines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attraction:
    """A place to see; seeing it is free."""

    name: str
    city: str


Place: TypeAlias = Lodging | Restaurant | Attraction


@dataclass(frozen=True, slots=True)
class World:
    """All that there is. ``cities`` are pairs of a city and its region."""

    cities: tuple[tuple[str, str], ...]
    flights: tuple[Flight, ...]
    roads: tuple[Road, ...]
    lodgings: tuple[Lodging, ...]
    restaurants: tuple[Restaurant, ...]
    attractions: tuple[Attraction, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What a traveller asks for; ``destination`` is a city or a region.

    ``cities`` counts those to visit. The last four are the wishes that may be absent.
    """

    days: int
    start: str
    destination: str
    cities: int
    people: int
    budget: int
    rule: str | None = None
    room_type: str | None = None
    cuisines: tuple[str, ...] = ()
    ban: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.cities < self.days:
            raise ValueError(f"{self.cities} cities in {self.days} days: wanted fewer, and one")
        if self.people < 1:
            raise ValueError("wanted one traveller at least")


@dataclass(frozen=True)
class Trip:
    """A query and the world that it is asked of, with its tables by key."""

    query: Query
    world: World

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """The region of each city."""
        return dict(self.world.cities)

    @cached_property
    def candidates(self) -> frozenset[str]:
        """The cities that may be visited."""
        query = self.query
        return frozenset(
            city
            for city, region in self.world.cities
            if query.destination in (city, region) and city != query.start
        )

    @cached_property
    def flights(self) -> Mapping[tuple[str, int], Flight]:
        """Flights by number and day."""
        return {(each.number, each.day): each for each in self.world.flights}

    @cached_property
    def roads(self) -> Mapping[tuple[str, str], Road]:
        """Roads by the cities at their ends, in both orders."""
        roads = {(each.first, each.second): each for each in self.world.roads}
        return roads | {(each.second, each.first): each for each in self.world.roads}

    @cached_property
    def lodgings(self) -> Mapping[tuple[str, str], Lodging]:
        """Lodgings by name and city."""
        return {(each.name, each.city): each for each in self.world.lodgings}

    @cached_property
    def restaurants(self) -> Mapping[tuple[str, str], Restaurant]:
        """Restaurants by name and city."""
        return {(each.name, each.city): each for each in self.world.restaurants}

    @cached_property
    def attractions(self) -> Mapping[tuple[str, str], Attraction]:
        """Attractions by name and city."""
        return {(each.name, each.city): each for each in self.world.attractions}

    def nightly(self, lodging: Lodging) -> int:
        """What one night costs all travellers: as many rooms as they need."""
        return lodging.price * -(-self.query.people // lodging.maximum_occupancy)

    def fare(self, mode: str, price: int) -> int:
        """What a journey costs all travellers, where one seat or one car costs ``price``."""
        people = self.query.people
        return price * (people if mode == "flight" else -(-people // SEATS[mode]))

    def suits(self, lodging: Lodging) -> bool:
        """Whether a lodging meets the room rule and the room type that were asked for."""
        return allows(lodging, self.query.rule) and is_of_type(lodging, self.query.room_type)


def allows(lodging: Lodging, rule: str | None) -> bool:
    """Whether a lodging permits what was asked for."""
    return rule not in lodging.forbids


def is_of_type(lodging: Lodging, wish: str | None) -> bool:
    """Whether a lodging is of the type that was asked for."""
    if wish == "not shared room":
        return lodging.room_type != "shared room"
    return wish in (None, lodging.room_type)
