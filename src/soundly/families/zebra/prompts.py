"""Logic grids as prompts: English sentences or bare relations, with or without worked examples."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.zebra.drawing import draw_solvable
from soundly.families.zebra.puzzle import Puzzle, puzzle_of
from soundly.families.zebra.reading import format_grid
from soundly.families.zebra.words import sentence

_TASK = (
    "Houses stand in a row, numbered from 1 on the left. One person lives in each, and has one "
    "value of every attribute; no two people share a value. Find out from the clues who lives "
    "where."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END]: one line for each house, such as "
    "House 1: red, cat, tea, with exactly one value of every attribute, in any order. Write "
    "nothing else between these lines. If you are sure that no arrangement keeps all clues, write "
    "[NO SOLUTION] instead."
)
_PROMISE = "At most one arrangement keeps all clues."
_RELATIONS = (
    "A clue is a relation between the houses a and b of two values: same A B (a = b), apart A B "
    "(a ≠ b), next A B (|a - b| = 1), just-left A B (b = a + 1), left A B (a < b), one-between A B "
    "(|a - b| = 2); or it names a house: at A 2 (a = 2), not-at A 2 (a ≠ 2)."
)


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples have another number of houses than the problem, so that none can answer it. Raises
    `ProblemError` for a puzzle that cannot be read.
    """
    asked = puzzle_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_RELATIONS] if formal else []), _FORM]
    size = 2 if asked.houses == 3 else 3
    for seed in range(style.examples):
        drawn = draw_solvable(houses=size, attributes=3, seed=seed)
        answer = spell(drawn.puzzle, drawn.houses)
        stated = _stated(drawn.puzzle, formal=formal)
        parts.append(f"Example problem:\n\n{stated}\n\nAnswer:\n\n{answer}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def spell(puzzle: Puzzle, houses: tuple[int, ...]) -> str:
    """The answer that places each value, in the order of the statement, in its house."""
    pairs = zip(map(str, houses), puzzle.attribute_of, strict=True)
    return format_grid(sorted(pairs, key=lambda pair: int(pair[0])))


def _stated(puzzle: Puzzle, *, formal: bool) -> str:
    rows = [f"{name}: {' '.join(values)}" for name, values in puzzle.attributes]
    if formal:
        clues = [f"{number}. {clue}" for number, clue in enumerate(puzzle.clues, start=1)]
    else:
        rows = [f"- {name}: {', '.join(values)}" for name, values in puzzle.attributes]
        clues = [f"{n}. {sentence(puzzle, clue)}" for n, clue in enumerate(puzzle.clues, start=1)]
    parts = [f"Houses: 1 to {puzzle.houses}.", "Attributes:", *rows]
    parts += ["Clues:", *clues] if clues else ["There are no clues."]
    return "\n".join([*parts, *([_PROMISE] if puzzle.promised else [])])
