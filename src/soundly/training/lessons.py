"""A family's prompt with a right answer, for models that chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import anyio

from soundly.core.candidate import Found
from soundly.core.completion import Message
from soundly.core.errors import CriticError, UsageError
from soundly.core.family import Family, PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver, SolverFound
from soundly.training.judging import judged, require_sound


@dataclass(frozen=True, slots=True)
class Lesson:
    """A conversation and what the assistant should answer."""

    messages: tuple[Message, ...]
    answer: str

    def __post_init__(self) -> None:
        if not self.messages or self.messages[-1].role != "user":
            raise ValueError("a lesson's conversation ends with the user's turn")
        if not self.answer.strip():
            raise ValueError("a lesson's answer is empty")


def lesson(
    family: Family, problem: Problem, answer: str, *, style: PromptStyle = PromptStyle("formal")
) -> Lesson:
    """A lesson whose answer the family reads and its sound critic accepts: no other is taught.

    Raises `UsageError` for an answer that is not accepted, `CriticError` where the critic broke.
    """
    require_sound(family)
    found = anyio.run(judged, family, problem, lambda: family.read(problem, answer))
    if found.fate in ("broken", "undecided"):
        raise CriticError(f"{problem.name}: the answer could not be judged: {found.reason}")
    if found.fate != "accepted":
        raise UsageError(f"{problem.name}: {answer!r:.80} is no right answer: {found.reason}")
    return Lesson(family.render(problem, style), answer)


def solved_lessons(
    family: Family,
    problems: Sequence[Problem],
    solver: Solver,
    *,
    style: PromptStyle = PromptStyle("formal"),
) -> list[Lesson]:
    """Lessons from a solver, whose answers stand in the family's formal language.

    Answers are taught as the family spells them, without what the solver says around them.
    Problems that it finds no solution for are left out.
    """
    answers = [(problem, anyio.run(solver.solve, problem)) for problem in problems]
    return [
        lesson(family, problem, _spelt(family, problem, answer.text), style=style)
        for problem, answer in answers
        if isinstance(answer, SolverFound)
    ]


def _spelt(family: Family, problem: Problem, text: str) -> str:
    """The solution's one spelling, where the family reads it in that; else the text itself."""
    reading = family.read(problem, text)
    if not isinstance(reading, Found):
        return text
    again = family.read(problem, reading.canonical)
    same = isinstance(again, Found) and again.canonical == reading.canonical
    return reading.canonical if same else text
