"""Spaces to run searches on: small ones of every family that has some, and one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from soundly.core.notation import Words
from soundly.families.arithmetic.family import countdown, game24
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.sokoban import sokoban

DRAWN = [
    (family(), size, seed)
    for family, size, seeds in (
        (countdown, 3, (0, 1, 2)),
        (countdown, 4, (0, 3)),
        (game24, 3, (0, 1)),
        (blocksworld, 3, (0, 1)),
        (blocksworld, 4, (0,)),
        (sokoban, 1, (0, 2, 3)),
        (sokoban, 2, (5, 8)),
    )
    for seed in seeds
]


@dataclass(frozen=True)
class Graph:
    """Cities and roads: a space by hand, whose estimates may be as poor as a test needs."""

    roads: Mapping[str, tuple[str, ...]]
    estimates: Mapping[str, int]
    start: str = "a"

    def successors(self, state) -> list[tuple[Words, str]]:
        return [((f"to-{city}",), city) for city in self.roads.get(state, ())]

    def estimate(self, state) -> int:
        return self.estimates.get(state, 1)

    def words(self, state) -> Words:
        return (state,)


@pytest.fixture
def graph():
    """A function from roads and estimates to their space, which starts at a."""
    return lambda roads, **estimates: Graph(roads, estimates)


@pytest.fixture(params=DRAWN, ids=lambda case: f"{case[0].name}-{case[1]}-{case[2]}")
def drawn(request):
    """A family and one of its problems."""
    family, size, seed = request.param
    return family, family.draw(size=size, seed=seed)


@pytest.fixture
def space(drawn):
    """The problem's space."""
    family, problem = drawn
    return family.notation.space(problem)
