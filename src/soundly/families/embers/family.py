"""Shift ciphers and multiplication as families: one reading and one judge, a world for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import ProblemError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.embers import cipher, product, twins
from soundly.families.embers.critic import EmbersCritic, answer_of
from soundly.families.embers.near_misses import edited
from soundly.families.embers.product import Popularity
from soundly.families.embers.prompts import conversation
from soundly.families.embers.puzzle import Puzzle, World
from soundly.families.embers.reading import read_answer
from soundly.families.embers.sentences import SHORTEST, TextKind
from soundly.families.embers.solver import WorkedOut

_EXAMPLE_SEED = 600_000_000
_EXAMPLE_STEP = 3
"""So that examples of ciphers are all sentences, and those of products popular in turns."""


@dataclass(frozen=True, slots=True)
class EmbersFamily:
    """Puzzles of one world; every one has exactly one answer, so none is unsolvable.

    Solutions are texts.
    """

    name: str
    world: World
    critic: EmbersCritic = field(default_factory=EmbersCritic)

    @property
    def dial(self) -> Dial:
        """The sizes: words of the text, or digits of each factor."""
        return self.world.dial

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """The answer is worked out; nothing is searched."""
        return (WorkedOut(self.name, self.puzzle),)

    def puzzle(self, problem: Problem) -> Puzzle:
        """What a problem states; raises `ProblemError` for a statement of another family."""
        if problem.family != self.name:
            raise ProblemError(f"{problem.name!r:.60} is of {problem.family}, not of {self.name}")
        return self.world.parse(problem.statement)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        if not self.dial.smallest <= size <= self.world.most:
            wanted = f"{self.dial.smallest} to {self.world.most}"
            raise UsageError(f"{self.name}: size is {size}, wanted {wanted}")
        statement = self.world.draw(size, seed).statement
        return Problem(self.name, f"{self.name}-{size}-{seed}", statement)

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that count as one.

        A text is one with itself by any other shift and with its words in another order; a product
        with the same factors the other way round.
        """
        return self.puzzle(problem).canonical

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; examples are short, whatever its size.

        The examples of a cipher use the shift that is asked for, as those of the paper do.
        """
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

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """An answer with one or two edits; raises `UsageError` for one in which none is read."""
        reading = self.read(problem, answer)
        if not isinstance(reading, Found) or not isinstance(reading.solution, str):
            raise UsageError(f"near misses are made of answers, not of {answer!r:.80}")
        return edited(reading.solution, self.world.guesses, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the answer is right, worked out another way."""
        return self.world.twin(problem.statement, answer_of(candidate))

    def _examples(self, asked: Puzzle) -> Iterator[Puzzle]:
        """Other instances, of the same small size."""
        for number in count():
            example = self.world.draw(
                self.world.example_size, _EXAMPLE_SEED + number * _EXAMPLE_STEP
            )
            if isinstance(example, cipher.Cipher) and isinstance(asked, cipher.Cipher):
                example = cipher.Cipher(cipher.encode(example.answer, asked.shift), asked.shift)
            if example.canonical != asked.canonical:
                yield example


def shift_cipher(*, shift: int | None = None, text: TextKind | None = None) -> EmbersFamily:
    """Texts to decode from a shift cipher; a size is a number of words.

    None leaves a setting to the seed, which goes through all evenly. ``shift`` is 1 to 25. ``text``
    is "sentence", "words" (of a sentence, shuffled) or "letters" (random ones, in words as long as
    those of a sentence).
    """
    cipher.check_settings(shift, text)
    world = World(
        kind="shift-cipher",
        task="Decode a text.",
        form="End with one line of this form, the decoded text in small letters:\n"
        "Answer: <the text>",
        dial=Dial(smallest=SHORTEST, trained=8),
        most=cipher.MOST_WORDS,
        example_size=5,
        draw=partial(cipher.draw, shift, text),
        parse=cipher.parse,
        tidy=cipher.tidy,
        bare=cipher.bare,
        guesses=("", "the", "the old man slept", "none", "unknown", "a b c", "hello world"),
        twin=twins.of_ciphers,
    )
    return EmbersFamily("shift-cipher", world)


def multiplication(*, popularity: Popularity | None = None) -> EmbersFamily:
    """Whole numbers to multiply; a size is a number of digits.

    The numbers are "popular" or "unpopular" ones; None leaves it to the seed, in turns.
    """
    product.check_settings(popularity)
    world = World(
        kind="multiplication",
        task="Multiply two whole numbers.",
        form="End with one line of this form, the product in digits:\nAnswer: <the product>",
        dial=Dial(smallest=2, trained=3),
        most=product.MOST_DIGITS,
        example_size=2,
        draw=partial(product.draw, popularity),
        parse=product.parse,
        tidy=product.tidy,
        bare=product.bare,
        guesses=("", "0", "100", "1000", "12 or 13", "007", "1e3", "many", "3,07", "-6"),
        twin=twins.of_products,
    )
    return EmbersFamily("multiplication", world)
