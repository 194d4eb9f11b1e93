"""Who chooses the moves of each call, for one problem: what an ablation compares.

A player never sees an acceptance, since that ends its game; of what failed it sees how sure the
model was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Protocol, TypeAlias

from soundly.strategies.move_tree import MoveTree, Puct
from soundly.strategies.moves import Move
from soundly.training.moves.environment import Played
from soundly.training.moves.policy import MovePolicy, PolicyGuide


class Player(Protocol):
    """Chooses moves for one problem, call by call."""

    def choose(self) -> tuple[Move, ...]:
        """The moves of the next call, without the one that ends."""
        ...

    def failed(self, played: Played) -> None:
        """What became of the last call, which was not accepted."""
        ...


Seat: TypeAlias = Callable[[str, Random], Player]
"""A player for the problem that this prompt puts, with a random generator of its own."""


@dataclass(frozen=True, slots=True)
class Constant:
    """The same moves in every call; none of them is best-of-n."""

    moves: tuple[Move, ...] = ()

    def choose(self) -> tuple[Move, ...]:
        """Those."""
        return self.moves

    def failed(self, played: Played) -> None:
        """Changes nothing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Moves drawn anew in every call from a guide's prior, or any alike without one."""

    moves: tuple[Move, ...]
    prompt: str
    rng: Random
    depth: int = 1
    guide: PolicyGuide | None = None

    def choose(self) -> tuple[Move, ...]:
        """Moves up to the depth, or up to the one that ends."""
        taken: list[Move] = []
        while len(taken) < self.depth:
            chances = None if self.guide is None else self.guide.prior(self.prompt, taken)
            (move,) = self.rng.choices(self.moves, chances)
            if move.ends:
                break
            taken.append(move)
        return tuple(taken)

    def failed(self, played: Played) -> None:
        """Changes nothing."""


@dataclass(frozen=True, slots=True)
class Searching:
    """A tree of moves; a failure brings 0, or the model's own confidence in place of Q's guess."""

    tree: MoveTree
    by_confidence: bool = False

    def choose(self) -> tuple[Move, ...]:
        """What PUCT says."""
        return self.tree.choose()

    def failed(self, played: Played) -> None:
        """Books it in the tree."""
        sure = played.confidence if self.by_confidence else None
        self.tree.credit(0.0 if sure is None else sure)


def greedy(guide: PolicyGuide, prompt: str, depth: int) -> Constant:
    """The moves of the greatest Q, one after the other."""
    taken: list[Move] = []
    while len(taken) < depth:
        values = guide.value(prompt, taken)
        move = guide.moves[max(range(len(values)), key=values.__getitem__)]
        if move.ends:
            break
        taken.append(move)
    return Constant(tuple(taken))


def seats(policy: MovePolicy, *, puct: Puct, best_move: Sequence[Move] = ()) -> Mapping[str, Seat]:
    """The players of the ablation by name.

    ``best_move`` is what did best on training problems when used on all of them alike: a policy
    that does not beat it has learnt nothing about problems.
    """
    guides = {
        "both": PolicyGuide(policy),
        "without Q": PolicyGuide(policy, with_value=False),
        "without policy": PolicyGuide(policy, with_prior=False),
    }
    moves, depth, both = policy.moves, puct.depth, guides["both"]
    quiet = Puct(depth, puct.exploration, trust=0.0)

    def search(
        prompt: str,
        rng: Random,
        *,
        guide: PolicyGuide | None,
        how: Puct,
        by_confidence: bool = False,
    ) -> Player:
        tree = MoveTree(prompt, moves, rng=rng, puct=how, guide=guide)
        return Searching(tree, by_confidence)

    return {
        "best of n": lambda _prompt, _rng: Constant(),
        "best move": lambda _prompt, _rng: Constant(tuple(best_move)),
        "random moves": lambda prompt, rng: Drawn(moves, prompt, rng, depth),
        "policy alone": lambda prompt, rng: Drawn(moves, prompt, rng, depth, both),
        "Q alone": lambda prompt, _rng: greedy(both, prompt, depth),
        "search alone": partial(search, guide=None, how=quiet),
        "search, policy": partial(search, guide=guides["without Q"], how=quiet),
        "search, Q": partial(search, guide=guides["without policy"], how=puct),
        "search, policy, Q": partial(search, guide=both, how=puct),
        "search, policy, confidence": partial(
            search, guide=guides["without Q"], how=quiet, by_confidence=True
        ),
    }
