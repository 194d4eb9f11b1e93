"""Names for people, places and cities that are drawn."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from soundly.core.errors import UsageError

PEOPLE = (
    "Adaeze", "Anton", "Bela", "Carmen", "Chidi", "Dagny", "Emre", "Farid", "Greta", "Hana",
    "Ines", "Ivo", "Jarek", "Kaito", "Leila", "Lucio", "Malin", "Marek", "Nadia", "Noor",
    "Olena", "Oskar", "Paloma", "Priya", "Quentin", "Rania", "Rufus", "Saskia", "Silas", "Tamar",
    "Tariq", "Ulla", "Valeria", "Viktor", "Wanda", "Xenia", "Yannick", "Yusra", "Zeno", "Zoya",
)  # fmt: skip
PLACES = (
    "Old Harbour", "Clock Tower", "Mill Lane", "Botanic Garden", "Central Station", "North Gate",
    "Castle Hill", "Fish Market", "Opera Square", "River Park", "University", "Lighthouse",
    "Glass Bridge", "Town Hall", "Potters Row", "Chestnut Walk", "Tram Depot", "Vineyard Steps",
    "East Quay", "Observatory", "Rope Yard", "Silk Arcade", "Well Court", "Zoo Gate",
)  # fmt: skip
CITIES = (
    "Aarhus", "Antwerp", "Basel", "Bergen", "Bilbao", "Bologna", "Bordeaux", "Bremen", "Brno",
    "Cardiff", "Cork", "Dresden", "Faro", "Gdansk", "Ghent", "Girona", "Graz", "Kaunas", "Kosice",
    "Leipzig", "Linz", "Ljubljana", "Lucerne", "Malmo", "Marseille", "Odense", "Palermo", "Pecs",
    "Plovdiv", "Poznan", "Rijeka", "Rotterdam", "Skopje", "Tampere", "Tartu", "Trieste",
    "Timisoara", "Turku", "Utrecht", "Varna",
)  # fmt: skip


def some_of(
    names: tuple[str, ...], number: int, rng: Random, *, without: Collection[str] = ()
) -> list[str]:
    """So many different names, none of them among those to avoid; `UsageError` for too many."""
    left = [name for name in names if name not in without]
    if number > len(left):
        raise UsageError(f"{number} names are wanted, and there are {len(left)}")
    return rng.sample(left, number)
