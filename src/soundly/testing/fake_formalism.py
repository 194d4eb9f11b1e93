"""A formal language for tests: every text that begins with an action is a translation."""

from __future__ import annotations

from soundly.core.formalism import Mistranslation, Translation, TranslationReading
from soundly.core.problem import Problem
from soundly.core.solver import Solver, SolverAnswer, SolverFound
from soundly.core.verdict import Critique

STATEMENT = "steps"
NO_ACTION = Critique("no-action", "this does not begin with an action", "line 1, column 1")
TOO_LONG = Critique("long", "more than one action a block")


class Echo:
    """A solver that finds what it is asked."""

    @property
    def name(self) -> str:
        """``echo``."""
        return "echo"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The text of the problem."""
        return SolverFound(problem.statement[STATEMENT])


class FakeFormalism:
    """What its solver finds is the answer; by default that is the translation itself.

    A translation of more than two lines is remarked on.
    """

    def __init__(self, solver: Solver | None = None) -> None:
        self._solver = solver or Echo()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """``fake``."""
        return "fake"

    @property
    def instructions(self) -> str:
        """What a translation is."""
        return "Write actions, one a line, and nothing before them."

    @property
    def solver(self) -> Solver:
        """As it was given."""
        return self._solver

    def read(self, text: str) -> TranslationReading:
        """The text as it is, where it begins with a parenthesis."""
        if not text.startswith("("):
            return Mistranslation((NO_ACTION,))
        remarks = (TOO_LONG,) if text.count("\n") > 1 else ()
        return Translation(Problem("fake", "the translation", {STATEMENT: text}), remarks)

    def worded(self, translation: Translation, found: str) -> str:  # noqa: ARG002
        """What was found, as it is."""
        return found
