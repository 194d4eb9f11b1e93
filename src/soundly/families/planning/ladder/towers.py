"""The rungs that only Blocksworld has: everything to the table, then towers from below.

They are for the domain in `soundly.families.planning.blocksworld`, by the names of its actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from soundly.families.planning.pddl import And, Atom, GroundAtom, Plan, Step, Task, format_atom
from soundly.families.planning.rung import Speech, Worked
from soundly.families.planning.validator import Validator

_ALGORITHM = (
    "Every problem with blocks can be solved in two rounds. First round: as long as some block "
    "stands on another, take one that has nothing on it from the block below (unstack) and put it "
    "on the table (put-down). Now all blocks stand on the table. Second round: build each tower "
    "that the goal asks for from below. Its lowest block stays where it is; each block above it in "
    "turn is picked up from the table (pick-up) and set onto the one below it (stack)."
)
_STACKING = (
    "All blocks stand on the table, and the goal is one stack. Find the block that is to be on "
    "nothing: it is the lowest and stays where it is. Then ask again and again which block is to "
    "be on the one that you placed last, pick it up (pick-up), and set it there (stack), until the "
    "stack is complete."
)
_LEXICOGRAPHIC = (
    "All blocks stand on the table, and the goal is one stack in alphabetical order from the top. "
    "The last block in the alphabet is the lowest and stays where it is. Go through the alphabet "
    "backwards: pick up each next block (pick-up) and set it onto the one before (stack)."
)


@dataclass(frozen=True, slots=True)
class TowerAlgorithm:
    """For any Blocksworld problem whose goal is a state of towers."""

    name: str = "blocksworld-algorithm"
    lesson: str = _ALGORITHM

    def work(self, speech: Speech, plan: Plan) -> Worked:  # noqa: ARG002 - it makes its own
        """The plan that the lesson gives, with a state after each round."""
        below = _below(speech.task.init)
        notes = _Notes(speech)
        notes.say(speech.state(0, speech.task.init))
        for tower in _towers(below):
            for under, block in reversed(list(pairwise(tower))):
                notes.say(f"Block {block} has to come off block {under}:")
                notes.do(("unstack", block, under), ("put-down", block))
        notes.say("All blocks stand on the table.")
        if notes.begun:
            notes.state()
        for tower in _towers(_below(_wanted(speech.task))):
            if len(tower) > 1:
                notes.say(f"A tower is wanted, from below: {', '.join(tower)}.")
            for under, block in pairwise(tower):
                notes.do(("pick-up", block), ("stack", block, under))
        return notes.closed()


@dataclass(frozen=True, slots=True)
class Stacking:
    """For problems from blocks on the table to one stack."""

    name: str = "stacking"
    lesson: str = _STACKING

    def work(self, speech: Speech, plan: Plan) -> Worked:  # noqa: ARG002 - it makes its own
        """The plan that the lesson gives, with the question that each block answers."""
        notes = _Notes(speech)
        notes.say(speech.state(0, speech.task.init))
        for tower in _towers(_below(_wanted(speech.task))):
            notes.say(f"Block {tower[0]} is to be on nothing, so it is the lowest.")
            for under, block in pairwise(tower):
                notes.say(f"Block {block} is to be on block {under}:")
                notes.do(("pick-up", block), ("stack", block, under))
            notes.say(f"No block is to be on block {tower[-1]}.")
        return notes.closed()


@dataclass(frozen=True, slots=True)
class LexicographicStacking:
    """For stacks in alphabetical order; its examples are such, and for any other it misleads."""

    name: str = "lexicographic-stacking"
    lesson: str = _LEXICOGRAPHIC

    def work(self, speech: Speech, plan: Plan) -> Worked:  # noqa: ARG002 - it makes its own
        """The plan for the stack in question, which has to be an alphabetical one to fit."""
        notes = _Notes(speech)
        for tower in _towers(_below(_wanted(speech.task))):
            notes.say(f"The alphabet backwards: {', '.join(tower)}.")
            for under, block in pairwise(tower):
                notes.say(f"Next comes block {block}:")
                notes.do(("pick-up", block), ("stack", block, under))
        return notes.closed()


class _Notes:
    """Thoughts as they are written down, with the steps counted."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._lines: list[str] = []
        self._steps: list[Step] = []

    @property
    def begun(self) -> bool:
        return bool(self._steps)

    def say(self, line: str) -> None:
        self._lines.append(line)

    def do(self, *steps: Step) -> None:
        for step in steps:
            self._steps.append(step)
            self._lines.append(f"Step {len(self._steps)}: {format_atom(step)}")

    def state(self) -> None:
        """The state after the steps so far; a plan is needed that can be carried out."""
        *_, last = Validator(self._speech.task).progress(tuple(self._steps))
        self.say(self._speech.state(len(self._steps), last))

    def closed(self) -> Worked:
        self.state()
        return Worked(tuple(self._steps), "\n".join(self._lines))


def _wanted(task: Task) -> list[GroundAtom]:
    """The atoms that the goal asks for."""
    parts: Sequence[object] = task.goal.operands if isinstance(task.goal, And) else (task.goal,)
    return [(part.predicate, *part.terms) for part in parts if isinstance(part, Atom)]


def _below(atoms: Iterable[GroundAtom]) -> Mapping[str, str | None]:
    """What each block is on, by the atoms; None for the table."""
    found: dict[str, str | None] = {}
    for atom in sorted(atoms):
        match atom:
            case ("on", upper, lower):
                found[upper] = lower
            case ("on-table", block):
                found[block] = None
    return found


def _towers(below: Mapping[str, str | None]) -> list[list[str]]:
    """The towers, each from below, by the names of their lowest blocks."""
    above = {under: block for block, under in below.items() if under is not None}
    towers: list[list[str]] = []
    for lowest in sorted({*below, *above} - {block for block, under in below.items() if under}):
        tower = [lowest]
        while tower[-1] in above:
            tower.append(above[tower[-1]])
        towers.append(tower)
    return towers
