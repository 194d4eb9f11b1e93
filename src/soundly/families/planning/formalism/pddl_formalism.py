"""PDDL, translated by a model: the project's own strict parser, and Kairos."""

from __future__ import annotations

from soundly.core.errors import ProblemError
from soundly.core.formalism import Mistranslation, Translation, TranslationReading
from soundly.core.problem import Problem
from soundly.core.verdict import Critique
from soundly.families.planning.formalism.sense import faults, oddities
from soundly.families.planning.formalism.texts import pddl_texts
from soundly.families.planning.pddl import Task, parse_domain, parse_problem
from soundly.solvers.kairos import Kairos

_INSTRUCTIONS = """\
Write PDDL: first the domain, (define (domain …) …), then the problem, (define (problem …) …), each
in a ```pddl block. You may use STRIPS, typing, negative and disjunctive preconditions, equality,
quantifiers, conditional effects, constants and action costs, and nothing else. Declare every
predicate and every object. The plan that a planner finds is read as the answer to the problem: so
give an action the name that the problem has for it, and its objects in the problem's order."""


class PddlFormalism:
    """A domain and a problem; the plan found is the answer. ``max_seconds`` bounds one search."""

    def __init__(self, *, max_seconds: float = 30.0) -> None:
        self._solver = Kairos(max_seconds=max_seconds)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """``pddl``."""
        return "pddl"

    @property
    def instructions(self) -> str:
        """The language that is read, and what the plan is for."""
        return _INSTRUCTIONS

    @property
    def solver(self) -> Kairos:
        """A planner in a process of its own."""
        return self._solver

    def read(self, text: str) -> TranslationReading:
        """The task, or the parser's first error with line and column, or what makes no sense.

        Lines count from the beginning of the text that is named, domain or problem.
        """
        texts = pddl_texts(text)
        missing = [
            Critique("missing", f"there is no (define ({each} …) …)", each)
            for each in ("domain", "problem")
            if each not in texts
        ]
        if missing:
            return Mistranslation(tuple(missing))
        task = _task(texts)
        if isinstance(task, Critique):
            return Mistranslation((task,))
        if found := faults(task):
            return Mistranslation(found)
        return Translation(Problem("planning", "the translation", texts), oddities(task))

    def worded(self, translation: Translation, found: str) -> str:  # noqa: ARG002
        """The plan as it is: an answer to a planning problem is one."""
        return found


def _task(texts: dict[str, str]) -> Task | Critique:
    try:
        return parse_problem(texts["problem"], parse_domain(texts["domain"]))
    except ProblemError as error:
        place = None if error.line is None else f"line {error.line}, column {error.column}"
        where = ", ".join(each for each in (error.source, place) if each)
        return Critique("syntax", error.reason, where or None)
