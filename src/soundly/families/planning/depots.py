"""Depots: crates in stacks on pallets, hoists that lift them, trucks that carry them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import TypeAlias

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.drawn import DrawnFamily, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.sizes import require_size

NAME = "depots"
LARGEST = 1_000
EXAMPLE_SIZE = 2
SHORTEST_EXAMPLE = 4

DOMAIN = """\
(define (domain depots)
  (:requirements :strips :typing)
  (:types place truck hoist pallet crate - surface)
  (:predicates (parked ?truck - truck ?place - place) (installed ?hoist - hoist ?place - place)
               (located ?surface - surface ?place - place) (on ?crate - crate ?surface - surface)
               (uncovered ?surface - surface) (lifting ?hoist - hoist ?crate - crate)
               (idle ?hoist - hoist) (inside ?crate - crate ?truck - truck))

  (:action drive
    :parameters (?truck - truck ?from ?to - place)
    :precondition (parked ?truck ?from)
    :effect (and (parked ?truck ?to) (not (parked ?truck ?from))))

  (:action lift
    :parameters (?hoist - hoist ?crate - crate ?surface - surface ?place - place)
    :precondition (and (installed ?hoist ?place) (idle ?hoist) (located ?crate ?place)
                       (on ?crate ?surface) (uncovered ?crate))
    :effect (and (lifting ?hoist ?crate) (uncovered ?surface) (not (idle ?hoist))
                 (not (located ?crate ?place)) (not (on ?crate ?surface)) (not (uncovered ?crate))))

  (:action lower
    :parameters (?hoist - hoist ?crate - crate ?surface - surface ?place - place)
    :precondition (and (installed ?hoist ?place) (lifting ?hoist ?crate) (located ?surface ?place)
                       (uncovered ?surface))
    :effect (and (located ?crate ?place) (on ?crate ?surface) (uncovered ?crate) (idle ?hoist)
                 (not (lifting ?hoist ?crate)) (not (uncovered ?surface))))

  (:action load
    :parameters (?hoist - hoist ?crate - crate ?truck - truck ?place - place)
    :precondition (and (installed ?hoist ?place) (lifting ?hoist ?crate) (parked ?truck ?place))
    :effect (and (inside ?crate ?truck) (idle ?hoist) (not (lifting ?hoist ?crate))))

  (:action unload
    :parameters (?hoist - hoist ?crate - crate ?truck - truck ?place - place)
    :precondition (and (installed ?hoist ?place) (idle ?hoist) (inside ?crate ?truck)
                       (parked ?truck ?place))
    :effect (and (lifting ?hoist ?crate) (not (inside ?crate ?truck)) (not (idle ?hoist)))))
"""

PHRASES = Phrases(
    actions={
        "drive": "drive {} from {} to {}",
        "lift": "use {} to lift {} off {} at {}",
        "lower": "use {} to lower {} onto {} at {}",
        "load": "use {} to load {} into {} at {}",
        "unload": "use {} to unload {} from {} at {}",
    },
    predicates={
        "parked": "{} is parked at {}",
        "installed": "{} is installed at {}",
        "located": "{} is at {}",
        "on": "{} sits on {}",
        "uncovered": "nothing sits on {}",
        "lifting": "{} holds {}",
        "idle": "{} holds nothing",
        "inside": "{} is inside {}",
    },
)

Stacks: TypeAlias = tuple[tuple[str, ...], ...]
"""The crates at each place, from the pallet up."""


@dataclass(frozen=True, slots=True)
class Depots:
    """One instance: a pallet and a hoist at every place, and where the crates are and belong.

    ``trucks`` are the numbers of the places at which they are parked.
    """

    trucks: tuple[int, ...]
    start: Stacks
    goal: Stacks

    def __post_init__(self) -> None:
        if sorted(chain(*self.start)) != sorted(chain(*self.goal)):
            raise ValueError("start and goal are not about the same crates")

    def problem(self, name: str) -> Problem:
        """The instance in PDDL; its goal says of every crate what it is on."""
        return self.with_goal(name, below(self.goal))

    def with_goal(self, name: str, goal: Mapping[str, str]) -> Problem:
        """The instance with another goal: what each of these crates is to be on."""
        numbers = range(len(self.start))
        crates = sorted(chain(*self.start), key=_order)
        init: list[str] = [f"(parked truck{t} place{at})" for t, at in enumerate(self.trucks)]
        for n in numbers:
            init += [f"(installed hoist{n} place{n})", f"(idle hoist{n})"]
            stack = (f"pallet{n}", *self.start[n])
            init += [f"(located {surface} place{n})" for surface in stack]
            init.append(f"(uncovered {stack[-1]})")
        init += [f"(on {crate} {under})" for crate, under in below(self.start).items()]
        wanted = [f"(on {crate} {goal[crate]})" for crate in crates if crate in goal]
        objects = [
            f"{' '.join(f'{kind}{n}' for n in range(count))} - {kind}"
            for kind, count in (
                ("place", len(numbers)),
                ("truck", len(self.trucks)),
                ("hoist", len(numbers)),
                ("pallet", len(numbers)),
            )
        ]
        text = (
            f"(define (problem {name})\n  (:domain depots)\n"
            f"  (:objects {' '.join(objects)} {' '.join(crates)} - crate)\n"
            f"  (:init {' '.join(init)})\n"
            f"  (:goal (and {' '.join(wanted)})))\n"
        )
        return Problem(NAME, name, {"domain": DOMAIN, "problem": text})

    def plan(self) -> Plan:
        """A valid plan: one truck collects every misplaced crate, then the stacks are built."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        at, truck = self.trucks[0], "truck0"
        wanted = below(self.goal)
        kept: set[str] = set()
        for n, stack in enumerate(self.start):
            keep = _common(stack, self.goal[n])
            kept.update(stack[:keep])
            if keep < len(stack) and at != n:
                yield "drive", truck, f"place{at}", f"place{n}"
                at = n
            for height in reversed(range(keep, len(stack))):
                under = stack[height - 1] if height else f"pallet{n}"
                yield "lift", f"hoist{n}", stack[height], under, f"place{n}"
                yield "load", f"hoist{n}", stack[height], truck, f"place{n}"
        for n, stack in enumerate(self.goal):
            missing = [crate for crate in stack if crate not in kept]
            if missing and at != n:
                yield "drive", truck, f"place{at}", f"place{n}"
                at = n
            for crate in missing:
                yield "unload", f"hoist{n}", crate, truck, f"place{n}"
                yield "lower", f"hoist{n}", crate, wanted[crate], f"place{n}"


def below(stacks: Stacks) -> dict[str, str]:
    """What each crate sits on."""
    return {
        crate: stack[height - 1] if height else f"pallet{n}"
        for n, stack in enumerate(stacks)
        for height, crate in enumerate(stack)
    }


@dataclass(frozen=True, slots=True)
class DepotsWorld:
    """The size is the number of crates; with them grow places and, slowly, trucks.

    Raises `UsageError` for fewer than two crates, or more than 1,000.
    """

    dial: Dial = field(default_factory=lambda: Dial(smallest=2, trained=5))

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with the plan that `Depots.plan` makes."""
        instance = _instance(size, Random(f"{NAME} {size} {seed}"))  # noqa: S311 - no secret
        return WorkedExample(instance.problem(name), instance.plan())

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance whose goal asks for two crates on one surface, or on each other."""
        rng = Random(f"{NAME} unsolvable {size} {seed}")  # noqa: S311 - instances are no secret
        instance = _instance(size, rng)
        goal = below(instance.goal)
        first, second = rng.sample(sorted(goal), 2)
        if rng.random() < 0.5:
            goal[first], goal[second] = second, first
        else:
            goal[first] = goal[second] = goal[second if goal[first] == second else first]
        return instance.with_goal(name, goal)


def _instance(size: int, rng: Random) -> Depots:
    require_size(size, WORLD.dial.smallest, LARGEST, "crates")
    crates = [f"crate{c}" for c in range(size)]
    places = 2 + size // 3
    trucks = tuple(rng.randrange(places) for _ in range(1 + size // 5))
    start = _stacks(crates, places, rng)
    while (goal := _stacks(crates, places, rng)) == start:
        pass
    return Depots(trucks, start, goal)


def _stacks(crates: list[str], places: int, rng: Random) -> Stacks:
    """Uniform over all ways to stack them: a shuffled row of crates, cut by walls into places."""
    row = [*crates, *[""] * (places - 1)]
    rng.shuffle(row)
    stacks: list[list[str]] = [[]]
    for crate in row:
        if crate:
            stacks[-1].append(crate)
        else:
            stacks.append([])
    return tuple(map(tuple, stacks))


def _common(stack: tuple[str, ...], wanted: tuple[str, ...]) -> int:
    """How many crates from the pallet up stand where they belong."""
    same = 0
    while same < min(len(stack), len(wanted)) and stack[same] == wanted[same]:
        same += 1
    return same


def _order(crate: str) -> tuple[int, str]:
    """Alphabetical, and crate2 before crate10."""
    return len(crate), crate


WORLD = DepotsWorld()


def depots() -> DrawnFamily:
    """Crates to bring by truck and to stack with hoists; a size is a number of crates."""
    examples = small_examples(WORLD, size=EXAMPLE_SIZE, shortest=SHORTEST_EXAMPLE)
    return DrawnFamily(PlanningFamily(name=NAME, phrases=PHRASES, examples=examples), WORLD)
