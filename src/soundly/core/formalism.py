"""Formal languages into which a model can translate a problem, for a solver to solve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.core.verdict import Critique


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation that is read and consistent in itself, which does not make it right.

    ``problem`` is what the formalism's solver is asked. ``remarks`` are oddities that keep nobody
    from solving it, such as a name that is declared and never used.
    """

    problem: Problem
    remarks: tuple[Critique, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistranslation:
    """A text that is no translation, and why: errors of syntax, with their place, or of sense."""

    critiques: tuple[Critique, ...]

    def __post_init__(self) -> None:
        if not self.critiques:
            raise ValueError("a mistranslation must say why: no critique came")


TranslationReading: TypeAlias = Translation | Mistranslation


class Formalism(Protocol):
    """A formal language with a strict reader and a solver."""

    @property
    def name(self) -> str:
        """A short name, shown in traces: "pddl"."""
        ...

    @property
    def instructions(self) -> str:
        """The language and the form of a translation, in words for a model."""
        ...

    @property
    def solver(self) -> Solver:
        """Solves the problems of its translations."""
        ...

    def read(self, text: str) -> TranslationReading:
        """The translation that a model's answer holds, or everything that is wrong with it."""
        ...

    def worded(self, translation: Translation, found: str) -> str:
        """What the solver found, worded as the translation says that answers are to be worded."""
        ...


@dataclass(frozen=True, slots=True)
class TranslationChecked:
    """A model's translation was read: consistent, or with what is wrong with it.

    ``critiques`` of a consistent one are remarks, which keep nobody from solving it.
    """

    language: str
    consistent: bool
    critiques: tuple[Critique, ...]
    part: str = ""
