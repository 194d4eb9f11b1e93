"""Graph colouring as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.coloring import audit
from soundly.families.coloring.canonical import canonical_form
from soundly.families.coloring.critic import ColoringCritic, coloring_of
from soundly.families.coloring.draws import DIAL, draw_colorable, draw_uncolorable
from soundly.families.coloring.graph import NAME, graph_of
from soundly.families.coloring.prompts import conversation
from soundly.families.coloring.reading import format_coloring, read_answer
from soundly.families.coloring.solver import ColoringSolver


@dataclass(frozen=True, slots=True)
class ColoringFamily:
    """Graphs to colour; a size is a number of vertices, and there are three colours.

    A problem of one's own states a graph in DIMACS form and any number of colours.
    """

    name: str = NAME
    critic: ColoringCritic = field(default_factory=ColoringCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One SAT solver, which finds or proves."""
        return (ColoringSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. It can be coloured."""
        return draw_colorable(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size that cannot be coloured: the same one every time."""
        return draw_uncolorable(size=size, seed=seed).problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the colouring hidden in it, no search."""
        colours = draw_colorable(size=size, seed=seed)[1]
        return format_coloring([(str(v), str(c)) for v, c in enumerate(colours, start=1)])

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in how vertices are numbered."""
        return canonical_form(graph_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable graph."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The colouring that an answer proposes, as `read_answer` says."""
        return read_answer(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The colouring as evidence, word by word as it was read."""
        evidence = {"colouring": [list(line) for line in coloring_of(candidate)]}
        return certify(problem, claim="solved", kind="coloring", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A colouring with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no colouring.
        """
        reading = read_answer(answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of colourings, not of {answer!r:.80}")
        coloring = coloring_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_coloring(audit.near_miss(coloring, graph_of(problem), rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the colouring is among all of them; for a dozen vertices at most."""
        stated = problem.statement
        return audit.is_right(stated["graph"], stated["colours"], coloring_of(candidate))
