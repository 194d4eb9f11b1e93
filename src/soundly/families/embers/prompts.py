"""The two tasks as prompts."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.families.embers.puzzle import Puzzle, World


def conversation(
    world: World, asked: Puzzle, examples: tuple[Puzzle, ...], style: PromptStyle
) -> tuple[Message, ...]:
    """One user message: the task, worked examples, the problem, the answer's form.

    Raises `UsageError` for a procedure, since none is taught.
    """
    if style.procedure is not None:
        raise UsageError(f"procedure {style.procedure!r:.40} is not taught, and no other one is")
    parts = [world.task]
    for example in examples:
        thoughts = f"\n{example.thoughts}" if style.thoughts else ""
        parts.append(f"Example: {_stated(example, style)}{thoughts}\nAnswer: {example.answer}")
    title = "Your problem" if examples else "The problem"
    parts += [f"{title}: {_stated(asked, style)}", world.form]
    if style.thoughts:
        parts.append(f"{STEP_BY_STEP}{' Write the steps as the examples do.' if examples else ''}")
    return (Message("user", "\n\n".join(parts)),)


def _stated(puzzle: Puzzle, style: PromptStyle) -> str:
    if style.language == "natural":
        return puzzle.question
    return "".join(f"\n{name}: {text}" for name, text in puzzle.statement.items())
