"""Blocksworld in few words: ``start #0 #2 / #1 goal table #1 #0 / #2``, towers from the bottom up.

Any domain that says what Blocksworld says can be put so, whatever its words: Mystery Blocksworld
and PlanBench's spelling too. Where a goal says that a block is to be on the table, the word
``table`` stands below it; where it does not, the lowest block may be anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from soundly.core.errors import UsageError
from soundly.core.notation import END, PLAN, SearchSpace, Statement, Words
from soundly.core.problem import Problem
from soundly.families.planning.notation.roles import (
    PICK_UP,
    PUT_DOWN,
    STACK,
    UNSTACK,
    Roles,
    blocksworld_roles,
)
from soundly.families.planning.notation.space import HOLD, NEXT, BlocksworldSpace
from soundly.families.planning.notation.towers import TABLE, Block, Towers, stacks
from soundly.families.planning.pddl import And, Atom, Task
from soundly.families.planning.problems import PARSED_PROBLEMS_KEPT, task_of, texts_of

START, GOAL, TABLE_WORD = "start", "goal", "table"
_ACTIONS = (PICK_UP, PUT_DOWN, STACK, UNSTACK)


@dataclass(frozen=True, slots=True)
class BlocksworldNotation:
    """Problems that differ in names alone have the same words, so equal words mean one problem.

    Held blocks at the start, goals about anything but what stands on what, and goals that no
    towers fulfil cannot be said.
    """

    name: str = "blocksworld-1"
    vocabulary: Words = (START, GOAL, TABLE_WORD, NEXT, HOLD, *_ACTIONS)
    room: int = 26

    def state(self, problem: Problem) -> Statement:
        """Start and goal as towers; raises `UsageError` for what the notation cannot say."""
        reading = read_towers(problem)
        towers, order = reading.towers, reading.order
        number = {block: place for place, block in enumerate(order)}
        start = stacks(dict(enumerate(towers.below)), order)
        goal = stacks(towers.wanted, order)
        words = [START, *_chains([[f"#{number[b]}" for b in tower] for tower in start]), GOAL]
        on_table = [[TABLE_WORD] if tower[0] in towers.wanted else [] for tower in goal]
        words += _chains(
            [
                [*table, *(f"#{number[b]}" for b in tower)]
                for table, tower in zip(on_table, goal, strict=True)
            ]
        )
        spelling = {PLAN: "[PLAN]", END: "\n[PLAN END]\n"} | {
            action: f"\n{name}" for action, name in reading.roles.actions.items()
        }
        names = tuple(reading.names[block] for block in order)
        return Statement(self.name, tuple(words), names, spelling)

    def solution(self, problem: Problem, solution: object) -> Words:
        """A plan's steps, one behind the other."""
        reading = read_towers(problem)
        number = {reading.names[block]: f"#{place}" for place, block in enumerate(reading.order)}
        ours = {name: action for action, name in reading.roles.actions.items()}
        words: list[str] = []
        if not isinstance(solution, tuple):
            raise UsageError(f"a {type(solution).__name__} came, wanted a plan")
        for name, *arguments in solution:
            words += [ours[name], *(number[each] for each in arguments)]
        return tuple(words)

    def space(self, problem: Problem) -> SearchSpace:
        """States are where the blocks are and which one is held."""
        reading = read_towers(problem)
        place = {block: number for number, block in enumerate(reading.order)}
        place[TABLE] = TABLE
        below = tuple(place[reading.towers.below[block]] for block in reading.order)
        wanted = {place[b]: place[under] for b, under in reading.towers.wanted.items()}
        return BlocksworldSpace(below, wanted)

    def grammar(self, statement: Statement, labels: Sequence[int]) -> str:
        """Any steps about the problem's blocks."""
        names = " | ".join(f'"#{label} "' for label in labels[: len(statement.names)])
        return (
            f'root ::= "{PLAN} " step*\n'
            "step ::= single | double\n"
            f'single ::= ("{PICK_UP} " | "{PUT_DOWN} ") block\n'
            f'double ::= ("{STACK} " | "{UNSTACK} ") block block\n'
            f"block ::= {names}\n"
        )


@dataclass(frozen=True, slots=True)
class BlocksworldReading:
    """A problem as towers: ``names`` by block, ``order`` the canonical one."""

    towers: Towers
    roles: Roles
    names: tuple[str, ...]
    order: tuple[Block, ...]


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def read_towers(problem: Problem) -> BlocksworldReading:
    """The towers that a problem is about; raises `UsageError` where it is about something else."""
    domain, _ = texts_of(problem)
    roles = blocksworld_roles(domain)
    if roles is None:
        raise UsageError(f"{problem.name}: its domain is not Blocksworld with one hand")
    task = task_of(problem)
    names = tuple(task.objects)
    if len(names) > BlocksworldNotation().room:
        room = BlocksworldNotation().room
        raise UsageError(f"{problem.name}: {len(names)} blocks came, wanted {room} at most")
    number = {name: block for block, name in enumerate(names)}
    below = dict(_start(problem, task, roles, number))
    if len(below) != len(names):
        raise UsageError(f"{problem.name}: not every block stands somewhere at the start")
    wanted = dict(_goal(problem, task, roles, number))
    try:
        towers = Towers(tuple(below[block] for block in range(len(names))), wanted)
    except ValueError as error:
        raise UsageError(f"{problem.name}: the blocks form no towers: {error}") from error
    _require_clear(problem, task, roles, towers, names)
    return BlocksworldReading(towers, roles, names, tuple(towers.canonical_order()))


def _start(
    problem: Problem, task: Task, roles: Roles, number: dict[str, Block]
) -> Iterator[tuple[Block, Block]]:
    for predicate, *arguments in task.init:
        match roles.role(predicate), arguments:
            case "on", [upper, under]:
                yield number[upper], number[under]
            case "table", [block]:
                yield number[block], TABLE
            case "held", [block]:
                raise UsageError(f"{problem.name}: {block} is held at the start")


def _goal(
    problem: Problem, task: Task, roles: Roles, number: dict[str, Block]
) -> Iterator[tuple[Block, Block]]:
    said: dict[Block, Block] = {}
    for part in task.goal.operands if isinstance(task.goal, And) else (task.goal,):
        pair = None
        if isinstance(part, Atom):
            match roles.role(part.predicate), part.terms:
                case "on", (upper, under):
                    pair = number[upper], number[under]
                case "table", (block,):
                    pair = number[block], TABLE
        if pair is None:
            raise UsageError(f"{problem.name}: its goal is not only about what is on what: {part}")
        if said.setdefault(*pair) != pair[1]:
            raise UsageError(f"{problem.name}: its goal wants a block in two places")
        yield pair


def _require_clear(
    problem: Problem, task: Task, roles: Roles, towers: Towers, names: tuple[str, ...]
) -> None:
    """A start whose facts about clear blocks and the free hand are not those of its towers."""
    clear = {atom[1] for atom in task.init if roles.role(atom[0]) == "clear"}
    tops = {names[block] for block in set(range(len(names))) - set(towers.below)}
    if clear != tops or (roles.predicates["free"],) not in task.init:
        raise UsageError(f"{problem.name}: the start is no state of towers with a free hand")


def _chains(chains: list[list[str]]) -> list[str]:
    words: list[str] = []
    for place, chain in enumerate(chains):
        words += [NEXT, *chain] if place else chain
    return words
