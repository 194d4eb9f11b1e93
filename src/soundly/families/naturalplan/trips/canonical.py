"""One spelling for trips that differ only in names and the order of rows."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from soundly.families.naturalplan.trips.trip import Trip


def canonical_form(trip: Trip) -> str:
    """What colour refinement sees of the cities and their flights, in as many rounds as cities.

    Trips that differ in names alone always share it. Some that are not the same share it too: they
    count as one instance.
    """
    labels = {
        city: _digest(
            days, sorted((w.first, w.last, w.whole) for w in trip.windows if w.city == city)
        )
        for city, days in trip.stays.items()
    }
    for _ in trip.stays:
        labels = {city: _refined(city, labels, trip) for city in trip.stays}
    return f"{trip.days} {len(trip.flights)} {_digest(sorted(labels.values()))}"


def _refined(city: str, labels: Mapping[str, str], trip: Trip) -> str:
    out = sorted(labels[end] for start, end in trip.flights if start == city)
    into = sorted(labels[start] for start, end in trip.flights if end == city)
    return _digest(labels[city], out, into)


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:32]
