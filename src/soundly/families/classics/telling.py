"""One puzzle as it is told: a variant, its numbers, and sentences that do not matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.core.verdict import Critique
from soundly.families.classics.asides import ASIDES
from soundly.families.classics.catalogue import CATALOGUE
from soundly.families.classics.classic import CLASSIC, Classic

_FIELDS = ("puzzle", "variant", "numbers", "asides")
_NUMBER = re.compile(r"([a-z]{1,20})=([1-9][0-9]{0,3})")
_ASIDE = re.compile("[1-9][0-9]?")
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Telling:
    """A variant of a classic with its numbers; ``asides`` count from 1."""

    classic: Classic
    variant: str
    numbers: Mapping[str, int]
    asides: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        name = self.classic.name
        if self.variant not in self.classic.variants:
            wanted = ", ".join(self.classic.variants)
            raise ValueError(f"{name} has no variant {self.variant!r:.40}, wanted one of {wanted}")
        if set(self.numbers) != set(self.classic.own):
            wanted = " ".join(f"{each}=…" for each in self.classic.own) or _NONE
            raise ValueError(f"the numbers of {name} are {wanted}")
        if not self.classic.allows(self.numbers):
            raise ValueError(f"{name} is not told with the numbers {_spelt(self.numbers)}")
        if len(set(self.asides)) < len(self.asides) or not set(self.asides) <= _KNOWN_ASIDES:
            raise ValueError(f"asides are different numbers from 1 to {len(ASIDES)}")

    @property
    def statement(self) -> Mapping[str, str]:
        """Puzzle, variant, numbers and asides."""
        return {
            "puzzle": self.classic.name,
            "variant": self.variant,
            "numbers": _spelt(self.numbers),
            "asides": " ".join(map(str, self.asides)) or _NONE,
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """The asides, and then the facts."""
        facts = self.classic.variants[self.variant].facts
        told = [fact.format(**self.numbers) for fact in facts]
        return (*(ASIDES[number - 1] for number in self.asides), *told)

    @property
    def question(self) -> str:
        """What is asked."""
        return self.classic.variants[self.variant].question.format(**self.numbers)

    @property
    def answer(self) -> str:
        """The right answer: a number, or one of the choices."""
        return self.classic.right(self.variant, self.numbers)

    @property
    def famous(self) -> tuple[str, ...]:
        """What the famous puzzle would have, where that is wrong here.

        That is the answer of the classic with these numbers, and the one that everybody knows,
        which it has with its own.
        """
        known = (
            self.classic.right(CLASSIC, self.numbers),
            self.classic.right(CLASSIC, self.classic.own),
        )
        return tuple(each for each in dict.fromkeys(known) if each != self.answer)

    @property
    def changes(self) -> tuple[str, ...]:
        """The sentences that the classic with these numbers does not have."""
        usual = Telling(self.classic, CLASSIC, self.numbers, self.asides)
        known = {*usual.sentences, usual.question}
        return tuple(each for each in (*self.sentences, self.question) if each not in known)

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """Why an answer is wrong; nothing exactly if it is the right one."""
        if answer == self.answer:
            return ()
        choices = self.classic.choices
        if choices and answer not in choices:
            wanted = ", ".join(choices)
            return (Critique("not-a-choice", f"{answer!r:.80} is not one of {wanted}"),)
        if not choices and not re.fullmatch("0|[1-9][0-9]*", answer):
            return (Critique("not-a-number", f"{answer!r:.80} is not one whole number"),)
        if answer in self.famous:
            reread = " ".join(self.changes) or " ".join(self.sentences)
            message = f"{answer} answers the well-known puzzle, and not the one that was told"
            return (Critique("famous-answer", message, "answer", repair=f"read again: {reread}"),)
        message = f"{answer:.40} does not follow from what was told"
        return (Critique("wrong-answer", message, "answer"),)


_KNOWN_ASIDES = frozenset(range(1, len(ASIDES) + 1))


@lru_cache(maxsize=256)
def telling_of(problem: Problem) -> Telling:
    """What a problem states; raises `ProblemError` with the field that is wrong."""
    statement = problem.statement
    if set(statement) != set(_FIELDS):
        came = ", ".join(sorted(statement))
        raise ProblemError(f"a classic states {', '.join(_FIELDS)}, and here came {came}")
    classic = CATALOGUE.get(statement["puzzle"])
    if classic is None:
        wanted = ", ".join(CATALOGUE)
        raise ProblemError(f"{statement['puzzle']!r:.40}, wanted one of {wanted}", source="puzzle")
    numbers = [_NUMBER.fullmatch(each) for each in _parts(statement["numbers"])]
    asides = _parts(statement["asides"])
    if None in numbers or not all(map(_ASIDE.fullmatch, asides)):
        reason = 'wanted numbers such as "total=110 amount=100" and asides such as "3 7", or "none"'
        raise ProblemError(reason, source="numbers" if None in numbers else "asides")
    named = {match[1]: int(match[2]) for match in numbers if match}
    try:
        return Telling(classic, statement["variant"], named, tuple(map(int, asides)))
    except ValueError as error:
        raise ProblemError(str(error), source=problem.name) from error


def _parts(text: str) -> list[str]:
    return [] if text == _NONE else text.split(" ")


def _spelt(numbers: Mapping[str, int]) -> str:
    return " ".join(f"{name}={number}" for name, number in numbers.items()) or _NONE
