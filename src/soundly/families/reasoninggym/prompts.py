"""A question and the form in which it is answered."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.reasoninggym.recipe import question_of

ECHO = "as the opening mark and"
"""What stands between the marks in the prompt itself: no answer."""

_FORM = (
    "Give your final answer, exactly in the form that is asked for and with nothing else beside "
    f"it, between two marks: [ANSWER] {ECHO} [/ANSWER] as the closing one."
)


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the question as the data set words it, and the form of the answer.

    The data sets word their questions in one way and with examples of their own, so language and
    worked examples are theirs; ``style.thoughts`` alone changes the prompt.
    """
    parts = [question_of(problem).strip(), _FORM]
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)
