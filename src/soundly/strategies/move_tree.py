"""The tree of moves for one problem, searched with PUCT.

Source: Silver et al., "Mastering the game of Go without human knowledge", Nature 550 (2017),
methods, "Search algorithm".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from soundly.core.errors import StrategyError, UsageError
from soundly.strategies.moves import Move, MoveGuide, require_moves
from soundly.strategies.puct import puct_choice


@dataclass(frozen=True, slots=True)
class Puct:
    """How a tree is searched.

    ``depth`` is how many moves are added to one prompt at most. ``exploration`` is the constant in
    front of the prior. ``trust`` is how many rollouts the guide's value counts for: it is the
    first guess at an edge's value, and outvoted by what the rollouts behind the edge bring.
    """

    depth: int = 1
    exploration: float = 1.25
    trust: float = 1.0

    def __post_init__(self) -> None:
        if self.depth < 1:
            raise ValueError(f"depth is {self.depth}, wanted at least 1")
        if not (self.exploration >= 0 and math.isfinite(self.exploration)):
            raise ValueError(f"exploration is {self.exploration}, wanted a number of at least 0")
        if not (self.trust >= 0 and math.isfinite(self.trust)):
            raise ValueError(f"trust is {self.trust}, wanted a number of at least 0")


@dataclass(slots=True)
class _Node:
    """Edges by move: prior and guessed value, how often taken, and what that brought in sum."""

    prior: Sequence[float]
    guess: Sequence[float]
    visits: list[int]
    brought: list[float]
    below: dict[int, _Node] = field(default_factory=dict)


class MoveTree:
    """Chooses moves for rollouts and learns what they brought, one rollout at a time.

    A rollout goes down to the first node that has not been visited, or to a move that ends, and
    the model is asked with the moves on the way. Without a guide the prior is uniform, and the
    value of what was never tried is 0.
    """

    def __init__(
        self,
        prompt: str,
        moves: Sequence[Move],
        *,
        rng: Random,
        puct: Puct,
        guide: MoveGuide | None = None,
    ) -> None:
        require_moves(moves)
        if guide is not None and tuple(guide.moves) != tuple(moves):
            raise UsageError("the guide knows other moves than those to search over")
        self._prompt = prompt
        self._moves = tuple(moves)
        self._rng = rng
        self._guide = guide
        self._puct = puct
        self._root = self._node(())
        self._path: list[tuple[_Node, int]] = []

    def choose(self) -> tuple[Move, ...]:
        """The moves of the next rollout, without the one that ends."""
        node = self._root
        taken: list[Move] = []
        self._path = []
        while True:
            edge = self._edge(node)
            self._path.append((node, edge))
            if self._moves[edge].ends:
                return tuple(taken)
            taken.append(self._moves[edge])
            if len(taken) == self._puct.depth:
                return tuple(taken)
            if edge not in node.below:
                node.below[edge] = self._node(taken)
                return tuple(taken)
            node = node.below[edge]

    def credit(self, value: float) -> None:
        """Book what the last rollout brought, from 0 to 1, to every edge on its way."""
        for node, edge in self._path:
            node.visits[edge] += 1
            node.brought[edge] += value

    @property
    def visits(self) -> tuple[int, ...]:
        """How often each move was the first one, in their order."""
        return tuple(self._root.visits)

    def _edge(self, node: _Node) -> int:
        """The edge to take, by the guide's guesses and what the rollouts brought."""
        trust = self._puct.trust if self._guide is not None else 0.0
        known: list[float] = []
        for edge, visits in enumerate(node.visits):
            weight = trust + visits
            brought = trust * node.guess[edge] + node.brought[edge]
            known.append(brought / weight if weight else 0.0)
        return puct_choice(
            known, node.prior, node.visits, exploration=self._puct.exploration, rng=self._rng
        )

    def _node(self, taken: Sequence[Move]) -> _Node:
        count = len(self._moves)
        prior: Sequence[float] = [1 / count] * count
        guess: Sequence[float] = [0.0] * count
        if self._guide is not None:
            prior = _checked("prior", self._guide.prior(self._prompt, taken), count)
            guess = _checked("value", self._guide.value(self._prompt, taken), count)
        return _Node(prior, guess, [0] * count, [0.0] * count)


def _checked(what: str, numbers: Sequence[float], count: int) -> Sequence[float]:
    if len(numbers) != count or not all(0 <= number <= 1 for number in numbers):
        raise StrategyError(
            f"the guide's {what} is {list(numbers)!r:.80}, wanted {count} numbers from 0 to 1"
        )
    return numbers
