"""Symbolic tasks as families: one reading and one judge for all, and a world for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import ProblemError, UsageError
from soundly.core.explanation import Explanation
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.symbolic.critic import SymbolicCritic, answer_of
from soundly.families.symbolic.explaining import explanation
from soundly.families.symbolic.near_misses import edited
from soundly.families.symbolic.prompts import conversation
from soundly.families.symbolic.puzzle import Puzzle, World
from soundly.families.symbolic.reading import read_answer
from soundly.families.symbolic.solver import WorkedOut
from soundly.families.symbolic.worlds import of_chains, of_coins, of_letters

_EXAMPLE_SIZES = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class SymbolicFamily:
    """Puzzles of one world; a size is how many words, people or numbers there are.

    Every instance has exactly one answer, so there is no unsolvable one. Solutions are texts.
    """

    name: str
    world: World
    critic: SymbolicCritic = field(default_factory=SymbolicCritic)

    @property
    def dial(self) -> Dial:
        """Two to four to learn from, as in the worked examples of the papers; more is a test."""
        return self.world.dial

    @property
    def procedures(self) -> tuple[str, ...]:
        """What can be taught beforehand; each says how its worked thoughts go."""
        return tuple(self.world.taught)

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """The answer is worked out; nothing is searched."""
        return (WorkedOut(self.name, self.puzzle),)

    def puzzle(self, problem: Problem) -> Puzzle:
        """What a problem states; raises `ProblemError` for a statement of another family."""
        puzzle = self.world.parse(problem.statement)
        if (take := problem.statement.get("take")) and take != self.world.take:
            reason = f"{self.name} takes the {self.world.take}, and here the {take} is asked for"
            raise ProblemError(reason, source="take")
        return puzzle

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        if not self.dial.smallest <= size <= self.world.most:
            wanted = f"{self.dial.smallest} to {self.world.most}"
            raise UsageError(f"{self.name}: size is {size}, wanted {wanted}")
        puzzle = self._drawn(size, f"{self.name} {size} {seed}")
        return Problem(self.name, f"{self.name}-{size}-{seed}", puzzle.statement)

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that count as one.

        The same words in another order are one instance, and so is the same row of flips by other
        people. Chains of one value, and sums in another order, are not told to be alike.
        """
        return self.puzzle(problem).canonical

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; examples have two to four words, whatever its size."""
        puzzle = self.puzzle(problem)
        examples = tuple(islice(self._examples(puzzle), style.examples))
        return conversation(self.world, puzzle, examples, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - any problem reads alike
        """The answer that a text states, as `read_answer` says."""
        return read_answer(self.world, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The answer as evidence; the kernel works the problem out by itself."""
        evidence = {"answer": answer_of(candidate)}
        return certify(problem, claim="solved", kind=self.world.kind, evidence=evidence)

    def explain(self, problem: Problem, text: str) -> Explanation:
        """The three facts about an answer and its explanation, as `explanation` says."""
        return explanation(self.world, self.puzzle(problem), text)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """An answer with one or two edits; raises `UsageError` for one in which none is read."""
        reading = self.read(problem, answer)
        if not isinstance(reading, Found) or not isinstance(reading.solution, str):
            raise UsageError(f"near misses are made of answers, not of {answer!r:.80}")
        return edited(reading.solution, self.world.guesses, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the answer is right, worked out another way."""
        return self.world.twin(problem.statement, answer_of(candidate))

    def _drawn(self, size: int, seed: str) -> Puzzle:
        return self.world.draw(size, Random(seed))  # noqa: S311 - instances are not secrets

    def _examples(self, asked: Puzzle) -> Iterator[Puzzle]:
        """Other instances, of two to four words in turn."""
        for number in count():
            size = max(_EXAMPLE_SIZES[number % len(_EXAMPLE_SIZES)], self.dial.smallest)
            example = self._drawn(size, f"{self.name} example {number}")
            if example.canonical != asked.canonical:
                yield example


def last_letters() -> SymbolicFamily:
    """The last letters of words."""
    return SymbolicFamily("last-letters", of_letters("last letter"))


def vowel_letters() -> SymbolicFamily:
    """The last vowels of words."""
    return SymbolicFamily("vowel-letters", of_letters("last vowel"))


def foom_letters() -> SymbolicFamily:
    """The first letter of the first word, the second of the second, and so on."""
    return SymbolicFamily("foom-letters", of_letters("nth letter"))


def coin_flip() -> SymbolicFamily:
    """A coin that is flipped, or not."""
    return SymbolicFamily("coin-flip", of_coins())


def arithmetic_chain() -> SymbolicFamily:
    """Chains of one-digit arithmetic."""
    return SymbolicFamily("arithmetic-chain", of_chains())
