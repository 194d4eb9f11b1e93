"""Sokoban's rules in PDDL, and one instance as cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from soundly.core.problem import Problem

NAME = "sokoban"

DOMAIN = """\
(define (domain sokoban)
  (:requirements :strips :typing)
  (:types cell direction)
  (:constants up down left right - direction)
  (:predicates (leads ?from ?to - cell ?direction - direction)
               (worker-at ?cell - cell) (box-at ?cell - cell) (no-box-at ?cell - cell))

  (:action walk
    :parameters (?from ?to - cell ?direction - direction)
    :precondition (and (worker-at ?from) (leads ?from ?to ?direction) (no-box-at ?to))
    :effect (and (worker-at ?to) (not (worker-at ?from))))

  (:action push
    :parameters (?from ?box ?to - cell ?direction - direction)
    :precondition (and (worker-at ?from) (leads ?from ?box ?direction) (box-at ?box)
                       (leads ?box ?to ?direction) (no-box-at ?to))
    :effect (and (worker-at ?box) (box-at ?to) (no-box-at ?box)
                 (not (worker-at ?from)) (not (box-at ?box)) (not (no-box-at ?to)))))
"""

Cell: TypeAlias = tuple[int, int]
"""Row and column, from 1; rows are counted downwards."""

DIRECTIONS: Final = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


@dataclass(frozen=True, slots=True)
class Sokoban:
    """One instance: the cells that are no wall, the worker, the boxes, and where boxes belong."""

    floor: frozenset[Cell]
    worker: Cell
    boxes: frozenset[Cell]
    goal: frozenset[Cell]

    def __post_init__(self) -> None:
        if not {self.worker, *self.boxes, *self.goal} <= self.floor:
            raise ValueError("worker, boxes and goal stand on floor")
        if self.worker in self.boxes or len(self.boxes) != len(self.goal):
            raise ValueError("the worker stands beside the boxes, and there is a goal for each box")

    def problem(self, name: str) -> Problem:
        """The instance in PDDL."""
        cells = sorted(self.floor)
        init = [f"(worker-at {cell_name(self.worker)})"]
        init += [
            f"({'' if cell in self.boxes else 'no-'}box-at {cell_name(cell)})" for cell in cells
        ]
        init += [
            f"(leads {cell_name(cell)} {cell_name(next_cell(cell, way))} {way})"
            for cell in cells
            for way in DIRECTIONS
            if next_cell(cell, way) in self.floor
        ]
        goal = [f"(box-at {cell_name(cell)})" for cell in sorted(self.goal)]
        text = (
            f"(define (problem {name})\n  (:domain sokoban)\n"
            f"  (:objects {' '.join(map(cell_name, cells))} - cell)\n"
            f"  (:init {' '.join(init)})\n"
            f"  (:goal (and {' '.join(goal)})))\n"
        )
        return Problem(NAME, name, {"domain": DOMAIN, "problem": text})


def next_cell(cell: Cell, way: str) -> Cell:
    """The cell to which this way leads."""
    down, right = DIRECTIONS[way]
    return cell[0] + down, cell[1] + right


def cell_before(cell: Cell, way: str) -> Cell:
    """The cell from which this way leads here."""
    down, right = DIRECTIONS[way]
    return cell[0] - down, cell[1] - right


def cell_name(cell: Cell) -> str:
    """What the cell is called in PDDL."""
    return f"cell-{cell[0]}-{cell[1]}"
