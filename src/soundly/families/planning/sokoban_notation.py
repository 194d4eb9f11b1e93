"""Sokoban in few words: ``grid 5-5 wall 1-2 worker 2-3 box 3-3 goal 4-3``, and a word an action.

Cells are called by row and column, so nothing can be renamed, and ``grid`` says which cell is the
last one. An action's word says where the worker stands and which way it goes, as in
``walk-2-3-up``: all that PDDL says of an action follows from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from soundly.core.errors import UsageError
from soundly.core.notation import PLAN, SearchSpace, Statement, Words
from soundly.core.problem import Problem
from soundly.families.planning.pddl import And, Atom, Formula, Step, parse_domain
from soundly.families.planning.problems import PARSED_PROBLEMS_KEPT, task_of
from soundly.families.planning.sokoban_grid import (
    DIRECTIONS,
    DOMAIN,
    Cell,
    Sokoban,
    cell_name,
    next_cell,
)
from soundly.families.planning.sokoban_space import SokobanSpace, cell_word, move_word

SIDE: Final = 8
"""Rows, and columns, that have words: instances of up to four boxes are drawn on no more."""

GRID, WALL, WORKER, BOX, GOAL = "grid", "wall", "worker", "box", "goal"

_CELLS = tuple((row, column) for row in range(1, SIDE + 1) for column in range(1, SIDE + 1))
_CELL_NAME = re.compile(r"cell-([1-9])-([1-9])")


def _moves() -> Iterator[tuple[str, Step, tuple[Cell, ...]]]:
    """Every action on the whole grid: its word, its step, and the cells that it is about."""
    for worker in _CELLS:
        for way in DIRECTIONS:
            beside = next_cell(worker, way)
            for kind, cells in (
                ("walk", (worker, beside)),
                ("push", (worker, beside, next_cell(beside, way))),
            ):
                if set(cells) <= set(_CELLS):
                    yield move_word(kind, worker, way), (kind, *map(cell_name, cells), way), cells


MOVES: Final[Mapping[str, tuple[Step, tuple[Cell, ...]]]] = MappingProxyType(
    {word: (step, cells) for word, step, cells in _moves()}
)
"""The words for actions, with the steps and the cells that they stand for."""


@dataclass(frozen=True, slots=True)
class SokobanNotation:
    """Problems of this family's domain whose cells are on a grid of eight rows and columns.

    A grid's walls are the cells up to its last row and column that are no floor.
    """

    name: str = "sokoban-1"
    vocabulary: Words = (GRID, WALL, WORKER, BOX, GOAL, *map(cell_word, _CELLS), *MOVES)
    room: int = 0

    def state(self, problem: Problem) -> Statement:
        """The last cell, walls, worker, boxes and goals; `UsageError` for what cannot be said."""
        instance = _instance(problem)
        rows, columns = _extent(instance)
        inside = {cell for cell in _CELLS if cell[0] <= rows and cell[1] <= columns}
        words = [GRID, cell_word((rows, columns))]
        for what, cells in (
            (WALL, inside - instance.floor),
            (WORKER, {instance.worker}),
            (BOX, instance.boxes),
            (GOAL, instance.goal),
        ):
            words += [what, *map(cell_word, sorted(cells))]
        spelling = {
            word: f"\n{' '.join(step)}"
            for word, (step, cells) in MOVES.items()
            if inside >= {*cells}
        }
        return Statement(self.name, tuple(words), spelling={PLAN: "[PLAN]"} | spelling)

    def solution(self, problem: Problem, solution: object) -> Words:
        """A plan's actions; raises `UsageError` for one on cells that do not lie so."""
        _instance(problem)
        if not isinstance(solution, tuple):
            raise UsageError(f"a {type(solution).__name__} came, wanted a plan")
        words = {step: word for word, (step, _) in MOVES.items()}
        for step in solution:
            if step not in words:
                raise UsageError(f"{step!r:.80} is no action on a grid of {SIDE} by {SIDE}")
        return tuple(words[step] for step in solution)

    def space(self, problem: Problem) -> SearchSpace:
        """States are where the worker and the boxes are."""
        return SokobanSpace(_instance(problem))

    def grammar(self, statement: Statement, labels: Sequence[int]) -> str:  # noqa: ARG002 - no names
        """Any actions between cells of the problem's floor, for their cells alone."""
        words = statement.words
        rows, columns = map(int, words[1].split("-"))
        walls = set(words[words.index(WALL) + 1 : words.index(WORKER)])
        moves = " | ".join(
            f'"{word} "'
            for word, (_, cells) in MOVES.items()
            if all(row <= rows and column <= columns for row, column in cells)
            and walls.isdisjoint(map(cell_word, cells))
        )
        return f'root ::= "{PLAN} " move*\nmove ::= {moves}\n'


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _instance(problem: Problem) -> Sokoban:
    """The instance that a problem states; raises `UsageError` where it states another thing."""
    task = task_of(problem)
    if task.domain != parse_domain(DOMAIN):
        raise UsageError(f"{problem.name}: its domain is not that of the family sokoban")
    floor = {name: _cell(problem, name) for name in task.objects if task.objects[name] == "cell"}
    at: dict[str, set[Cell]] = {"worker-at": set(), "box-at": set()}
    for predicate, *arguments in task.init:
        if predicate in at:
            at[predicate].add(floor[arguments[0]])
    goal = {floor[name] for name in _box_goals(problem, task.goal)}
    try:
        (worker,) = at["worker-at"]
        instance = Sokoban(
            frozenset(floor.values()), worker, frozenset(at["box-at"]), frozenset(goal)
        )
    except ValueError as error:
        raise UsageError(f"{problem.name}: no worker with a goal for each box: {error}") from error
    if task_of(instance.problem(problem.name)).init != task.init:
        raise UsageError(f"{problem.name}: its facts are not those of cells named by their places")
    return instance


def _cell(problem: Problem, name: str) -> Cell:
    match = _CELL_NAME.fullmatch(name)
    if match is None or (cell := (int(match[1]), int(match[2]))) not in _CELLS:
        raise UsageError(f"{problem.name}: {name} is no cell of a grid of {SIDE} by {SIDE}")
    return cell


def _box_goals(problem: Problem, goal: Formula) -> Iterator[str]:
    for part in goal.operands if isinstance(goal, And) else (goal,):
        if not isinstance(part, Atom) or part.predicate != "box-at":
            raise UsageError(f"{problem.name}: its goal is not only about where boxes are: {part}")
        yield part.terms[0]


def _extent(instance: Sokoban) -> Cell:
    """The last row and the last column that have floor."""
    return max(row for row, _ in instance.floor), max(column for _, column in instance.floor)
