"""Sokoban: a worker pushes boxes, one at a time and never back, onto marked cells."""

from __future__ import annotations

from collections import deque
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from random import Random

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.drawn import DrawnFamily, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.sizes import require_size
from soundly.families.planning.sokoban_grid import (
    DIRECTIONS,
    NAME,
    Cell,
    Sokoban,
    cell_before,
    cell_name,
    next_cell,
)
from soundly.families.planning.sokoban_notation import SokobanNotation

LARGEST = 60
SHORTEST_EXAMPLE = 3

PHRASES = Phrases(
    actions={
        "walk": "walk from {} to {}, going {}",
        "push": "push from {} the box at {} to {}, going {}",
    },
    predicates={
        "leads": "from {} one comes to {} by going {}",
        "worker-at": "the worker is at {}",
        "box-at": "a box is at {}",
        "no-box-at": "no box is at {}",
    },
)


@dataclass(frozen=True, slots=True)
class SokobanWorld:
    """The size is the number of boxes, in a walled square of ``size + 4`` cells a side.

    An instance is drawn backwards, from boxes on their goals by pulls, so it has a plan: the pulls
    read forwards. Raises `UsageError` for fewer than one box, or more than 60.
    """

    dial: Dial = field(default_factory=lambda: Dial(smallest=1, trained=3))

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with the plan by which it was drawn."""
        instance, plan = _drawn(size, Random(f"{NAME} {size} {seed}"))  # noqa: S311 - no secret
        return WorkedExample(instance.problem(name), plan)

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance with a goal that no box can be pushed onto: the run-up is walled up.

        The worker may still come there.
        """
        rng = Random(f"{NAME} unsolvable {size} {seed}")  # noqa: S311 - instances are no secret
        while True:
            instance, _ = _drawn(size, rng)
            free = sorted(instance.goal - instance.boxes)
            sealed = _sealed(instance, rng.choice(free), rng)
            if sealed is not None:
                return sealed.problem(name)


def _drawn(size: int, rng: Random) -> tuple[Sokoban, Plan]:
    """Boxes on their goals, pulled about until one at least is off; and the way back."""
    require_size(size, WORLD.dial.smallest, LARGEST, "boxes")
    side = range(1, size + 5)
    square = [(row, column) for row in side for column in side]
    while True:
        floor = _connected(set(square) - set(rng.sample(square, len(square) // 6)))
        if len(floor) < 4 * size + 4:
            continue
        worker, *goal = rng.sample(sorted(floor), size + 1)
        backwards = _Backwards(floor, worker, set(goal))
        for _ in range(6 * size):
            backwards.pull(rng)
        if backwards.boxes != set(goal):
            start = Sokoban(floor, backwards.worker, frozenset(backwards.boxes), frozenset(goal))
            walks = next(n for n, step in enumerate(backwards.steps) if step[0] == "push")
            return start, tuple(reversed(backwards.steps[walks:]))


@dataclass
class _Backwards:
    """A game played backwards; ``steps`` are what undoes each move."""

    floor: frozenset[Cell]
    worker: Cell
    boxes: set[Cell]
    steps: list[Step] = field(default_factory=list)

    def pull(self, rng: Random) -> None:
        """Walk up to some box that can be pulled, and pull it by one cell; or do nothing."""
        came_from = self._reachable()
        possible = [
            (box, way)
            for box in sorted(self.boxes)
            for way in DIRECTIONS
            if (beside := cell_before(box, way)) in came_from
            and (behind := cell_before(beside, way)) in self.floor
            and behind not in self.boxes
        ]
        if not possible:
            return
        box, way = rng.choice(possible)
        beside = cell_before(box, way)
        self._walk(beside, came_from)
        behind = cell_before(beside, way)
        self.steps.append(("push", cell_name(behind), cell_name(beside), cell_name(box), way))
        self.boxes.remove(box)
        self.boxes.add(beside)
        self.worker = behind

    def _reachable(self) -> dict[Cell, tuple[Cell, str]]:
        """Every cell that the worker can walk to, and the step by which to leave it again."""
        came_from = {self.worker: (self.worker, "")}
        frontier = deque([self.worker])
        while frontier:
            cell = frontier.popleft()
            for way in DIRECTIONS:
                there = cell_before(cell, way)
                if there in self.floor and there not in self.boxes and there not in came_from:
                    came_from[there] = cell, way
                    frontier.append(there)
        return came_from

    def _walk(self, to: Cell, came_from: dict[Cell, tuple[Cell, str]]) -> None:
        path: list[Step] = []
        cell = to
        while cell != self.worker:
            nearer, way = came_from[cell]
            path.append(("walk", cell_name(cell), cell_name(nearer), way))
            cell = nearer
        self.steps += reversed(path)


def _sealed(instance: Sokoban, goal: Cell, rng: Random) -> Sokoban | None:
    """The instance with walls so that no push ends on this goal; None where things are in the way.

    A push onto it goes over two cells in a row, and of each such pair one becomes a wall.
    """
    taken = {instance.worker, *instance.boxes, *instance.goal}
    floor = set(instance.floor)
    for way in DIRECTIONS:
        beside = cell_before(goal, way)
        run_up = [cell for cell in (beside, cell_before(beside, way)) if cell in floor]
        if len(run_up) == 2:
            possible = [cell for cell in run_up if cell not in taken]
            if not possible:
                return None
            floor.remove(rng.choice(possible))
    return Sokoban(frozenset(floor), instance.worker, instance.boxes, instance.goal)


def _connected(cells: AbstractSet[Cell]) -> frozenset[Cell]:
    """The largest part that hangs together; of equal ones that with the first cell."""
    parts: list[set[Cell]] = []
    for first in sorted(cells):
        if any(first in part for part in parts):
            continue
        part, frontier = {first}, [first]
        while frontier:
            cell = frontier.pop()
            fresh = {next_cell(cell, way) for way in DIRECTIONS} & cells - part
            part |= fresh
            frontier += fresh
        parts.append(part)
    largest = max(parts, key=len)
    return frozenset(largest)


WORLD = SokobanWorld()


def sokoban() -> DrawnFamily:
    """Boxes to push onto marked cells; a size is a number of boxes."""
    examples = small_examples(WORLD, size=1, shortest=SHORTEST_EXAMPLE)
    planning = PlanningFamily(
        name=NAME, phrases=PHRASES, examples=examples, notation=SokobanNotation()
    )
    return DrawnFamily(planning, WORLD)
