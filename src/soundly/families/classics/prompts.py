"""Classics as prompts."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.families.classics.telling import Telling

_TASK = "Answer a question about what is told here, and about nothing else."


def conversation(
    asked: Telling, examples: tuple[Telling, ...], style: PromptStyle
) -> tuple[Message, ...]:
    """One user message: the task, other puzzles with their answers, the puzzle, the answer's form.

    The formal language numbers the sentences. Examples show no thoughts. Raises `UsageError` for a
    procedure, since none is taught.
    """
    if style.procedure is not None:
        raise UsageError(f"procedure {style.procedure!r:.40} is not taught, and no other one is")
    parts = [_TASK]
    parts += [f"Example: {_stated(each, style)}\nAnswer: {each.answer}" for each in examples]
    title = "Your problem" if examples else "The problem"
    parts += [f"{title}: {_stated(asked, style)}", _form(asked)]
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _stated(telling: Telling, style: PromptStyle) -> str:
    if style.language == "natural":
        return " ".join((*telling.sentences, telling.question))
    lines = [f"\n{number}. {each}" for number, each in enumerate(telling.sentences, start=1)]
    return "".join((*lines, f"\nQuestion: {telling.question}"))


def _form(telling: Telling) -> str:
    *most, last = telling.classic.choices or ("",)
    wanted = "a whole number in digits"
    slot = f"the number of {telling.classic.unit}" if telling.classic.unit else "the number"
    if telling.classic.choices:
        wanted = "one of these words"
        slot = f"{', '.join(most)} or {last}"
    return f"End with one line of this form, {wanted}:\nAnswer: <{slot}>"
