"""What every trained model is compared with: chance, a copy, and the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from soundly.core.notation import PLAN, Words
from soundly.core.problem import Problem
from soundly.training.example import Example
from soundly.training.source import SEARCH
from soundly.training.subject import Subject
from soundly.training.traces.untraced import Untraced


class Baseline(Protocol):
    """Answers a problem without having learnt anything."""

    @property
    def name(self) -> str:
        """How reports call it."""
        ...

    async def answer(self, subject: Subject, problem: Problem, rng: Random) -> Words:
        """An answer in the notation, numbered as the problem is."""
        ...


@dataclass(frozen=True, slots=True)
class LegalSteps:
    """Operators drawn uniformly from those that can be applied, until the goal or the limit."""

    most_steps: int = 100
    name: str = "uniform legal steps"

    async def answer(self, subject: Subject, problem: Problem, rng: Random) -> Words:
        """What was drawn, whether or not the goal was met."""
        space = subject.notation.space(problem)
        state, words = space.start, [PLAN]
        for _ in range(self.most_steps):
            if space.estimate(state) == 0:
                break
            possible = space.successors(state)
            if not possible:
                break
            operator, state = rng.choice(possible)
            words += operator
        return tuple(words)


@dataclass(frozen=True, slots=True)
class NearestCopy:
    """The answer to the training problem that has most words in the same places."""

    examples: Sequence[Example]
    name: str = "nearest training answer"
    _by_names: dict[int, list[Example]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for example in self.examples:
            self._by_names.setdefault(example.names, []).append(example)

    async def answer(self, subject: Subject, problem: Problem, rng: Random) -> Words:  # noqa: ARG002
        """A copy; nothing where no training problem has as many names."""
        wanted = subject.notation.state(problem)
        near = self._by_names.get(len(wanted.names), [])
        if not near:
            return (PLAN,)
        best = max(near, key=lambda example: _likeness(example.statement, wanted.words))
        return (PLAN, *best.answer)


@dataclass(frozen=True, slots=True)
class TeacherItself:
    """The solver that wrote the training answers."""

    teacher: str
    name: str = "the solver"

    async def answer(self, subject: Subject, problem: Problem, rng: Random) -> Words:  # noqa: ARG002
        """Its solution; without a solver, the shortest that a search finds, or nothing."""
        if self.teacher != SEARCH:
            return (PLAN, *await subject.solved(problem, self.teacher))
        space = subject.notation.space(problem)
        found = Untraced().write(space, seed=0, most_words=0, plan=None)
        return (PLAN,) if found is None else (PLAN, *found.solution)


def _likeness(one: Words, other: Words) -> tuple[int, int]:
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return same, sum((Counter(one) & Counter(other)).values())
