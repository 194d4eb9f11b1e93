"""Blocksworld: towers of blocks and one hand, drawn uniformly over all states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import comb, perm
from random import Random
from string import ascii_lowercase
from typing import TypeAlias

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.drawn import DrawnFamily, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.ladder import Progression, TowerAlgorithm
from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.sizes import require_size

NAME = "blocksworld"
EXAMPLE_SIZE = 3
LARGEST = 200
SHORTEST_EXAMPLE = 4

DOMAIN = """\
(define (domain blocksworld)
  (:requirements :strips)
  (:predicates (on ?upper ?lower) (on-table ?block) (clear ?block) (holding ?block) (hand-empty))

  (:action pick-up
    :parameters (?block)
    :precondition (and (clear ?block) (on-table ?block) (hand-empty))
    :effect (and (holding ?block)
                 (not (clear ?block)) (not (on-table ?block)) (not (hand-empty))))

  (:action put-down
    :parameters (?block)
    :precondition (holding ?block)
    :effect (and (clear ?block) (on-table ?block) (hand-empty)
                 (not (holding ?block))))

  (:action stack
    :parameters (?upper ?lower)
    :precondition (and (holding ?upper) (clear ?lower))
    :effect (and (on ?upper ?lower) (clear ?upper) (hand-empty)
                 (not (holding ?upper)) (not (clear ?lower))))

  (:action unstack
    :parameters (?upper ?lower)
    :precondition (and (on ?upper ?lower) (clear ?upper) (hand-empty))
    :effect (and (holding ?upper) (clear ?lower)
                 (not (on ?upper ?lower)) (not (clear ?upper)) (not (hand-empty)))))
"""

PHRASES = Phrases(
    actions={
        "pick-up": "pick up {} from the table",
        "put-down": "put down {} on the table",
        "stack": "stack {} onto {}",
        "unstack": "unstack {} from {}",
    },
    predicates={
        "on": "{} sits on {}",
        "on-table": "{} stands on the table",
        "clear": "{} is clear",
        "holding": "the hand holds {}",
        "hand-empty": "the hand is empty",
    },
    pattern="block {}",
)

Towers: TypeAlias = tuple[tuple[str, ...], ...]
"""Towers in no order, each from the table up."""


@dataclass(frozen=True, slots=True)
class Blocksworld:
    """One instance: where the blocks are, and where all of them have to be."""

    start: Towers
    goal: Towers

    def __post_init__(self) -> None:
        blocks = sorted(block for tower in self.start for block in tower)
        if blocks != sorted(block for tower in self.goal for block in tower):
            raise ValueError("start and goal are not about the same blocks")
        if len(set(blocks)) != len(blocks):
            raise ValueError("a block stands in two places")

    def problem(self, name: str) -> Problem:
        """The instance in PDDL; its goal says of every block what it is on."""
        return stated_blocks(name, self.start, _below(self.goal))

    def plan(self) -> Plan:
        """A valid plan: every misplaced block goes to the table, then the towers are built.

        At most twice as long as the shortest one (Gupta & Nau 1992).
        """
        below, wanted = _below(self.start), _below(self.goal)
        placed: set[str] = set()
        for tower in self.start:
            for block in tower:
                if below[block] != wanted[block] or (below[block] or block) not in {block, *placed}:
                    break
                placed.add(block)
        steps: list[Step] = []
        for tower in self.start:
            for block in reversed(tower):
                under = below[block]
                if block not in placed and under is not None:
                    steps += [("unstack", block, under), ("put-down", block)]
        for tower in self.goal:
            for under, block in pairwise(tower):
                if block not in placed:
                    steps += [("pick-up", block), ("stack", block, under)]
        return tuple(steps)


@dataclass(frozen=True, slots=True)
class BlocksworldWorld:
    """Start and goal are uniform over all states of so many blocks, and differ.

    Six to twenty blocks are what the literature calls hard: plans of up to about 20 steps at six
    and 75 at twenty. Raises `UsageError` for fewer than two blocks, since one block has one state,
    and for more than 200.
    """

    dial: Dial = field(default_factory=lambda: Dial(smallest=2, trained=5))

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with the plan that `Blocksworld.plan` builds."""
        instance = drawn_blocks(size, seed)
        return WorkedExample(instance.problem(name), instance.plan())

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance whose goal asks for two blocks on one, or for two blocks on each other.

        The other goals are as in any instance, one for each block, so the fault is two lines
        among many.
        """
        rng = Random(f"{NAME} unsolvable {size} {seed}")  # noqa: S311 - instances are not secrets
        blocks = block_names(size)
        start, goal = random_towers(blocks, rng), random_towers(blocks, rng)
        while len(goal) == size:
            goal = random_towers(blocks, rng)
        below = dict(_below(goal))
        upper, under = rng.choice([(b, under) for b, under in below.items() if under is not None])
        others = [block for block in blocks if block not in {upper, under}]
        if others and rng.random() < 0.5:
            below[rng.choice(others)] = under
        else:
            below[under] = upper
        return stated_blocks(name, start, below)


WORLD = BlocksworldWorld()


def draw_blocksworld(*, size: int, seed: int) -> Problem:
    """The instance of this many blocks and this seed; see `BlocksworldWorld`."""
    return WORLD.solved(f"{NAME}-{size}-{seed}", size=size, seed=seed).problem


def random_towers(blocks: Sequence[str], rng: Random) -> Towers:
    """A state drawn uniformly from all states of these blocks (Slaney & Thiébaux 2001, sec. 2).

    Towers that do not stand yet are taken one by one. With ``n`` of them and ``k`` that stand,
    ``g(n, k)`` states can still be reached; putting the next on the table leads to ``g(n-1, k+1)``
    of them, putting it onto any other tower to ``g(n-1, k)`` each.
    """
    floating = [[block] for block in blocks]
    standing: list[list[str]] = []
    while floating:
        tower = floating.pop()
        n, k = len(floating), len(standing)
        if rng.randrange(_states(n + 1, k)) < _states(n, k + 1):
            standing.append(tower)
        else:
            rng.choice(floating + standing).extend(tower)
    return tuple(map(tuple, standing))


def _states(floating: int, standing: int) -> int:
    """``g(n, k)``: what ``n`` floating and ``k`` standing towers (n + k > 0) can become."""
    n, k = floating, standing
    return sum(comb(n, i) * perm(n + k - 1, n - i) for i in range(n + 1))


def drawn_blocks(size: int, seed: int) -> Blocksworld:
    """Start and goal of this many blocks and this seed."""
    rng = Random(f"{NAME} {size} {seed}")  # noqa: S311 - instances are not secrets
    blocks = block_names(size)
    start = random_towers(blocks, rng)
    while True:
        goal = random_towers(blocks, rng)
        if set(goal) != set(start):
            return Blocksworld(start, goal)


def block_names(size: int) -> list[str]:
    """The names of so many blocks; raises `UsageError` for fewer than two, or more than 200."""
    require_size(size, WORLD.dial.smallest, LARGEST, "blocks")
    letters = size <= len(ascii_lowercase)
    return list(ascii_lowercase[:size]) if letters else [f"b{i + 1}" for i in range(size)]


def stated_blocks(name: str, start: Towers, goal: Mapping[str, str | None]) -> Problem:
    """The problem in PDDL; the goal says of every block what it is to be on."""
    below = _below(start)
    blocks = sorted(below, key=_order)
    tops = sorted((tower[-1] for tower in start), key=_order)
    clear = [f"(clear {block})" for block in tops]
    text = (
        f"(define (problem {name})\n  (:domain blocksworld)\n"
        f"  (:objects {' '.join(blocks)})\n"
        f"  (:init {' '.join(['(hand-empty)', *_facts(below), *clear])})\n"
        f"  (:goal (and {' '.join(_facts(goal))})))\n"
    )
    return Problem(NAME, name, {"domain": DOMAIN, "problem": text})


def _facts(below: Mapping[str, str | None]) -> list[str]:
    return [
        f"(on-table {block})" if under is None else f"(on {block} {under})"
        for block, under in sorted(below.items(), key=lambda item: _order(item[0]))
    ]


def _order(block: str) -> tuple[int, str]:
    """Alphabetical, and b2 before b10."""
    return len(block), block


def _below(towers: Towers) -> Mapping[str, str | None]:
    return {
        block: tower[height - 1] if height else None
        for tower in towers
        for height, block in enumerate(tower)
    }


def blocksworld() -> DrawnFamily:
    """Towers of blocks to rebuild with one hand; a size is a number of blocks."""
    examples = small_examples(WORLD, size=EXAMPLE_SIZE, shortest=SHORTEST_EXAMPLE)
    ladder = (Progression(), TowerAlgorithm())
    planning = PlanningFamily(name=NAME, phrases=PHRASES, examples=examples, ladder=ladder)
    return DrawnFamily(planning, WORLD)
