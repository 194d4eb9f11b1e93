"""Blocksworld: towers of blocks and one hand, drawn uniformly over all states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, perm
from random import Random
from string import ascii_lowercase
from typing import TypeAlias

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of
from soundly.families.planning.prompts import WorkedExample

NAME = "blocksworld"
EXAMPLE_SIZE = 3
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
        blocks = sorted(_below(self.start), key=_order)
        tops = sorted((tower[-1] for tower in self.start), key=_order)
        clear = [f"(clear {block})" for block in tops]
        text = (
            f"(define (problem {name})\n  (:domain blocksworld)\n"
            f"  (:objects {' '.join(blocks)})\n"
            f"  (:init {' '.join(['(hand-empty)', *_facts(self.start), *clear])})\n"
            f"  (:goal (and {' '.join(_facts(self.goal))})))\n"
        )
        return Problem(NAME, name, {"domain": DOMAIN, "problem": text})

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


def draw_blocksworld(*, size: int, seed: int) -> Problem:
    """The instance of this many blocks and this seed; start and goal are uniform and differ.

    Raises `UsageError` for fewer than two blocks: one block has one state.
    """
    return _instance(size, seed).problem(f"blocksworld-{size}-{seed}")


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


def _instance(size: int, seed: int) -> Blocksworld:
    if size < 2:
        raise UsageError(f"size is {size}, wanted at least 2 blocks: one block has only one state")
    rng = Random(f"{NAME} {size} {seed}")  # noqa: S311 - instances are not secrets
    letters = size <= len(ascii_lowercase)
    blocks = list(ascii_lowercase[:size]) if letters else [f"b{i + 1}" for i in range(size)]
    start = random_towers(blocks, rng)
    while True:
        goal = random_towers(blocks, rng)
        if set(goal) != set(start):
            return Blocksworld(start, goal)


def _examples(problem: Problem, count: int) -> Sequence[WorkedExample]:
    """Small instances with a stack in their plan, and another start than the problem's."""
    init = task_of(problem).init
    found: list[WorkedExample] = []
    seed = 0
    while len(found) < count:
        instance = _instance(EXAMPLE_SIZE, seed)
        example, plan = instance.problem(f"example-{seed}"), instance.plan()
        if len(plan) >= SHORTEST_EXAMPLE and task_of(example).init != init:
            found.append(WorkedExample(example, plan))
        seed += 1
    return found


def _facts(towers: Towers) -> list[str]:
    return [
        f"(on-table {block})" if under is None else f"(on {block} {under})"
        for block, under in sorted(_below(towers).items(), key=lambda item: _order(item[0]))
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
    """The family as it is registered."""
    return DrawnFamily(
        PlanningFamily(name=NAME, phrases=PHRASES, examples=_examples), draw_blocksworld
    )
