"""One spelling for trips that differ only in names, times, and the order of rows."""

from __future__ import annotations

from hashlib import sha256

from soundly.families.travel.world import Trip


def canonical_form(trip: Trip) -> str:
    """What two rounds of colour refinement see of a trip, names left out.

    A city is described by what it has, and then by where its roads and flights lead. Trips equal
    but for names, flight numbers, times, distances and the order of rows always share a form. Trips
    that differ in a way which no city shows may share it too. Cuisines keep their names.
    """
    query, world = trip.query, trip.world
    kinds: dict[str, list[str]] = {city: [] for city, _ in world.cities}
    for city, region in world.cities:
        named = (
            "destination" * (query.destination in (city, region)),
            "start" * (city == query.start),
        )
        kinds[city].append(f"city {named}")
    for bed in world.lodgings:
        facts = (bed.price, bed.room_type, bed.minimum_nights, bed.maximum_occupancy)
        kinds[bed.city].append(f"bed {facts} {sorted(bed.forbids)}")
    for table in world.restaurants:
        kinds[table.city].append(f"table {table.cost} {sorted(table.cuisines)}")
    for sight in world.attractions:
        kinds[sight.city].append("sight")
    labels = {city: _digest(facts) for city, facts in kinds.items()}
    for _ in range(2):
        labels = {city: _digest([labels[city], *_ways(trip, city, labels)]) for city in labels}
    wishes = (query.rule, query.room_type, sorted(query.cuisines), query.ban)
    asked = (query.days, query.cities, query.people, query.budget, *wishes)
    return f"{asked} {_digest(list(labels.values()))}"


def _ways(trip: Trip, city: str, labels: dict[str, str]) -> list[str]:
    """What leads out of a city, and to which kinds of cities."""
    ways = [
        f"flight {flight.day} {flight.price} {labels[flight.end]}"
        for flight in trip.world.flights
        if flight.start == city
    ]
    for road in trip.world.roads:
        for here, there in ((road.first, road.second), (road.second, road.first)):
            if here == city:
                ways.append(f"road {road.self_driving} {road.taxi} {labels[there]}")
    return ways


def _digest(facts: list[str]) -> str:
    return sha256("\n".join(sorted(facts)).encode()).hexdigest()[:32]
