"""Perturbed classics as a family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.classics import twin
from soundly.families.classics.asides import ASIDES
from soundly.families.classics.catalogue import CATALOGUE
from soundly.families.classics.critic import ClassicsCritic, answer_of
from soundly.families.classics.drawing import draw
from soundly.families.classics.near_misses import edited
from soundly.families.classics.prompts import conversation
from soundly.families.classics.reading import read_answer
from soundly.families.classics.solver import WorkedOut
from soundly.families.classics.telling import Telling, telling_of

_NAME = "perturbed-classics"
_DIAL = Dial(smallest=1, trained=4)


@dataclass(frozen=True, slots=True)
class ClassicsFamily:
    """Well-known puzzles and their changed twins; solutions are texts, and each has one.

    A size is one more than the number of sentences that do not matter. ``puzzle`` and ``changed``
    are left to the seed where they are None: puzzles take turns, and an odd seed is the changed
    twin of the even one before it.
    """

    puzzle: str | None = None
    changed: bool | None = None
    critic: ClassicsCritic = field(default_factory=ClassicsCritic)

    def __post_init__(self) -> None:
        if self.puzzle is not None and self.puzzle not in CATALOGUE:
            wanted = ", ".join(CATALOGUE)
            raise UsageError(f"puzzle is {self.puzzle!r:.40}, wanted one of {wanted}")

    @property
    def name(self) -> str:
        """The name that its problems carry."""
        return _NAME

    @property
    def dial(self) -> Dial:
        """From no sentence that does not matter, to three of them to train on."""
        return _DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """The answer is worked out by the puzzle's rule; nothing is searched."""
        return (WorkedOut(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        if not _DIAL.smallest <= size <= len(ASIDES):
            wanted = f"{_DIAL.smallest} to {len(ASIDES)}"
            raise UsageError(f"{_NAME}: size is {size}, wanted {wanted}")
        telling = draw(self.puzzle, self.changed, size, seed)
        return Problem(_NAME, f"{_NAME}-{size}-{seed}", telling.statement)

    def canonical_form(self, problem: Problem) -> str:
        """Puzzle, variant and numbers: the sentences that do not matter are left out."""
        statement = telling_of(problem).statement
        return f"{statement['puzzle']} {statement['variant']} {statement['numbers']}"

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; examples are classics of other kinds."""
        asked = telling_of(problem)
        examples = tuple(islice(_examples(asked), style.examples))
        return conversation(asked, examples, style)

    def read(self, problem: Problem, text: str) -> Reading:
        """The answer that a text states, as `read_answer` says."""
        return read_answer(telling_of(problem).classic, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The answer as evidence; the kernel works the puzzle out by a rule of its own."""
        evidence = {"answer": answer_of(candidate)}
        return certify(problem, claim="solved", kind="classic", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """An answer with an edit; raises `UsageError` for one in which none is read."""
        reading = self.read(problem, answer)
        if not isinstance(reading, Found) or not isinstance(reading.solution, str):
            raise UsageError(f"near misses are made of answers, not of {answer!r:.80}")
        return edited(telling_of(problem), reading.solution, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the answer is right, by acting the puzzle out."""
        return twin.acted_out(problem) == answer_of(candidate)


def _examples(asked: Telling) -> Iterator[Telling]:
    """Tellings of other puzzles without asides, classics and changed ones in turn."""
    for number in count(1):
        example = draw(None, None, 1, number * 7)
        if example.classic is not asked.classic:
            yield example
