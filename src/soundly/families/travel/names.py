"""Invented names: cities and regions of syllables, places of two plain words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

_FIRST: tuple[str, ...] = (
    "Bel",
    "Crel",
    "Dra",
    "Fen",
    "Gal",
    "Hol",
    "Jun",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Oss",
)
_FIRST += ("Pel", "Quor", "Ros", "Sel", "Tam", "Ul", "Ver", "Wen", "Yar", "Zel")
_LAST: tuple[str, ...] = (
    "bruk",
    "dova",
    "fara",
    "garth",
    "holt",
    "imer",
    "kesh",
    "lune",
    "mora",
    "nessa",
)
_LAST += ("quil", "rith", "stad", "tova", "vane", "wesk", "xis", "zora")
_REGIONS = ("Upper", "Lower", "Old", "New", "East", "West", "North", "South")

_PLACES = {
    "lodging": (
        ("Amber", "Birch", "Cedar", "Copper", "Harbour", "Juniper", "Lantern", "Meadow", "Quiet"),
        ("Attic", "Cottage", "Guesthouse", "House", "Inn", "Loft", "Rooms", "Studio", "Terrace"),
    ),
    "restaurant": (
        ("Blue", "Broken", "Brass", "Corner", "Golden", "Hungry", "Lucky", "Old", "Salted"),
        ("Barrel", "Bowl", "Fork", "Kettle", "Ladle", "Oven", "Pan", "Plate", "Spoon", "Table"),
    ),
    "attraction": (
        ("Bell", "Canal", "Castle", "Clock", "Glass", "Mill", "Railway", "River", "Stone"),
        ("Bridge", "Gallery", "Garden", "Library", "Market", "Museum", "Park", "Tower", "Walk"),
    ),
}
CUISINES: tuple[str, ...] = (
    "Andean",
    "Breton",
    "Cantonese",
    "Ethiopian",
    "Georgian",
    "Greek",
    "Korean",
    "Lebanese",
)
CUISINES += ("Mexican", "Thai")


def city_names(rng: Random) -> Iterator[str]:
    """Names of cities without end, each once."""
    yield from _each_once([f"{first}{last}" for first in _FIRST for last in _LAST], rng)


def region_names(rng: Random) -> tuple[str, str]:
    """Two names of regions, no city's."""
    first, second = rng.sample(_REGIONS, 2)
    stem = f"{rng.choice(_FIRST)}{rng.choice(_LAST)}"
    return f"{first} {stem}", f"{second} {stem}"


def place_names(kind: str, rng: Random) -> Iterator[str]:
    """Names of lodgings, restaurants or attractions without end, each once."""
    first, second = _PLACES[kind]
    yield from _each_once([f"{one} {other}" for one in first for other in second], rng)


def _each_once(names: list[str], rng: Random) -> Iterator[str]:
    rng.shuffle(names)
    yield from names
    for number in count(2):
        yield from (f"{name} {number}" for name in names)
