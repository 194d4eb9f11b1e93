"""One spelling for days that differ only in names and the order of rows."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from soundly.families.naturalplan.meetings.day import Day


def canonical_form(day: Day) -> str:
    """What three rounds of colour refinement see of the places and who is there.

    Days that differ in names alone always share it. Some that are not the same share it too, such
    as two with symmetric towns: they count as one instance.
    """
    places = {day.place, *(friend.place for friend in day.friends)}
    places |= {place for way in day.travel for place in way}
    there = {
        place: sorted((f.begin, f.until, f.least) for f in day.friends if f.place == place)
        for place in places
    }
    labels = {place: _digest(place == day.place, there[place]) for place in places}
    for _ in range(3):
        labels = {place: _refined(place, labels, day) for place in places}
    return f"{day.time} {day.wanted} {_digest(sorted(labels.values()))}"


def _refined(place: str, labels: Mapping[str, str], day: Day) -> str:
    out = sorted((taken, labels[b]) for (a, b), taken in day.travel.items() if a == place)
    into = sorted((taken, labels[a]) for (a, b), taken in day.travel.items() if b == place)
    return _digest(labels[place], out, into)


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:32]
