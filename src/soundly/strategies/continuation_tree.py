"""The tree of partial solutions that rollouts have found, searched with PUCT.

Source: Coulom, "Efficient Selectivity and Backup Operators in Monte-Carlo Tree Search" (2006), for
the tree; Couëtoux et al., "Continuous Upper Confidence Trees" (2011), for progressive widening;
`soundly.strategies.puct` for the choice of an edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from soundly.strategies.continuations import Node
from soundly.strategies.puct import puct_choice


@dataclass(frozen=True, slots=True)
class Widening:
    """How a tree is searched.

    ``exploration`` is PUCT's constant. A node that n rollouts went through is asked for another
    continuation while it was asked fewer than ``width`` times the square root of n.
    """

    exploration: float = 1.25
    width: float = 1.0

    def __post_init__(self) -> None:
        if not (self.exploration >= 0 and math.isfinite(self.exploration)):
            raise ValueError(f"exploration is {self.exploration}, wanted a number of at least 0")
        if not (self.width > 0 and math.isfinite(self.width)):
            raise ValueError(f"width is {self.width}, wanted a number above 0")


@dataclass(slots=True, eq=False)
class _Place:
    """A state of the tree: how often asked from, and what the rollouts through it brought."""

    node: Node
    parent: _Place | None
    asked: int = 0
    visits: int = 0
    brought: float = 0.0
    below: list[_Place] = field(default_factory=list)


class ContinuationTree:
    """Chooses where the next rollout goes on, and learns what it brought.

    Each state is in the tree once, below the state from which it was reached first, so that no
    rollout goes in circles.
    """

    def __init__(self, root: Node, *, widening: Widening, rng: Random) -> None:
        self._widening = widening
        self._rng = rng
        self._root = _Place(root, None)
        self._places = {root.prefix.state: self._root}
        self._chosen = self._root

    def __len__(self) -> int:
        return len(self._places)

    def choose(self) -> Node:
        """The node to go on from: the first on the way down that is to be asked again."""
        place = self._root
        while place.below and place.asked >= self._most_asked(place):
            place = place.below[self._edge(place)]
        place.asked += 1
        self._chosen = place
        return place.node

    def add(self, end: Node) -> None:
        """The node in which the rollout ended, below the one from which it went on."""
        state = end.prefix.state
        if state not in self._places:
            self._places[state] = _Place(end, self._chosen)
            self._chosen.below.append(self._places[state])
        self._chosen = self._places[state]

    def credit(self, value: float) -> None:
        """Book what the rollout brought, from 0 to 1, to where it ended and all above."""
        place: _Place | None = self._chosen
        while place is not None:
            place.visits += 1
            place.brought += value
            place = place.parent

    def _most_asked(self, place: _Place) -> float:
        return self._widening.width * math.sqrt(place.visits)

    def _edge(self, place: _Place) -> int:
        below = place.below
        return puct_choice(
            [each.brought / each.visits if each.visits else 0.0 for each in below],
            [1 / len(below)] * len(below),
            [each.visits for each in below],
            exploration=self._widening.exploration,
            rng=self._rng,
        )
