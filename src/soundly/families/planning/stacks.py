"""Table-to-stack: all blocks on the table, and one stack to build.

The smallest corner of Blocksworld in which prompts that teach a procedure were seen to fail beyond
the sizes that they show (Stechly et al., arXiv:2405.04776, section 5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from string import ascii_lowercase

from soundly.core.dial import Dial
from soundly.core.problem import Problem
from soundly.families.planning.blocksworld import (
    PHRASES,
    SHORTEST_EXAMPLE,
    Blocksworld,
    block_names,
    stated_blocks,
)
from soundly.families.planning.drawn import DrawnFamily, small_examples
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.ladder import (
    LexicographicStacking,
    Progression,
    Stacking,
    TowerAlgorithm,
)
from soundly.families.planning.pddl import And, Task
from soundly.families.planning.prompts import WorkedExample

NAME = "table-to-stack"
LEXICOGRAPHIC_NAME = "lexicographic-stack"
EXAMPLE_SIZE = 3


@dataclass(frozen=True, slots=True)
class TableToStack:
    """Blocks with random letters for names, on the table; the goal is a stack of all of them.

    The stack's order is random, or, where ``lexicographic``, alphabetical from the top. Beyond 26
    blocks the names are b1, b2 and so on. Without a plan are instances whose goal wants two blocks
    on each other, or two on one.
    """

    family: str = NAME
    lexicographic: bool = False
    dial: Dial = field(default_factory=lambda: Dial(smallest=2, trained=5))

    def solved(self, name: str, *, size: int, seed: int) -> WorkedExample:
        """An instance with its shortest plan, two steps for each block but the lowest."""
        stack = self._stack(size, Random(f"{self.family} {size} {seed}"))  # noqa: S311
        instance = Blocksworld(tuple((block,) for block in sorted(stack)), (stack,))
        stated = instance.problem(name)
        return WorkedExample(Problem(self.family, name, stated.statement), instance.plan())

    def unsolvable(self, name: str, *, size: int, seed: int) -> Problem:
        """An instance in whose goal one block is said to be on another one than the stack has."""
        rng = Random(f"{self.family} unsolvable {size} {seed}")  # noqa: S311
        stack = self._stack(size, rng)
        below = {block: stack[at - 1] if at else None for at, block in enumerate(stack)}
        at = rng.randrange(1, size)
        upper, under = stack[at], stack[at - 1]
        others = [block for block in stack if block not in {upper, under}]
        if others and rng.random() < 0.5:
            below[rng.choice(others)] = under
        else:
            below[under] = upper
        stated = stated_blocks(name, tuple((block,) for block in sorted(stack)), below)
        return Problem(self.family, name, stated.statement)

    def _stack(self, size: int, rng: Random) -> tuple[str, ...]:
        """The blocks from below."""
        names = block_names(size)
        if size <= len(ascii_lowercase):
            names = rng.sample(ascii_lowercase, size)
        if self.lexicographic:
            return tuple(sorted(names, key=lambda block: (len(block), block), reverse=True))
        rng.shuffle(names)
        return tuple(names)


def stack_spelling(task: Task) -> str:
    """The goal, part by part in order, with the names of the blocks.

    All instances of one size are one up to names, so names are what tells them apart.
    """
    parts = task.goal.operands if isinstance(task.goal, And) else (task.goal,)
    return "\n".join(sorted(map(str, parts)))


def table_to_stack() -> DrawnFamily:
    """Blocks on the table, to be built into one stack; a size is a number of blocks."""
    return _family(TableToStack())


def lexicographic_stack() -> DrawnFamily:
    """Blocks on the table, to be built into one stack in alphabetical order."""
    return _family(TableToStack(LEXICOGRAPHIC_NAME, lexicographic=True))


def _family(world: TableToStack) -> DrawnFamily:
    alphabetical = small_examples(
        TableToStack(lexicographic=True), size=EXAMPLE_SIZE, shortest=SHORTEST_EXAMPLE
    )
    planning = PlanningFamily(
        name=world.family,
        phrases=PHRASES,
        examples=small_examples(world, size=EXAMPLE_SIZE, shortest=SHORTEST_EXAMPLE),
        ladder=(Progression(), TowerAlgorithm(), Stacking(), LexicographicStacking()),
        examples_for={LexicographicStacking().name: alphabetical},
        spelling=stack_spelling,
    )
    return DrawnFamily(planning, world)
