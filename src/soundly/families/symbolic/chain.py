"""Chains of one-digit arithmetic, one bracket within another (Stechly et al., arXiv:2405.04776).

As there, every number and every result on the way is a whole number from 1 to 9, so that nothing
but the number of steps makes a long chain harder than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from random import Random

from soundly.core.errors import ProblemError
from soundly.core.verdict import Critique
from soundly.families.symbolic.chain_trail import follow
from soundly.families.symbolic.puzzle import Trail

MOST_NUMBERS = 10_000

_DIGITS = range(1, 10)
_RESULTS: Mapping[tuple[int, str, int], int] = {
    (number, sign, made): result
    for number, made, result in product(_DIGITS, repeat=3)
    for sign, holds in (
        ("+", number + made == result),
        ("-", number - made == result),
        ("*", number * made == result),
        ("/", made * result == number),
    )
    if holds
}
"""Every step that makes a whole number from 1 to 9, and what it makes."""

_NEXT_STEPS = {
    digit: tuple((s, n, result) for (n, s, made), result in _RESULTS.items() if made == digit)
    for digit in _DIGITS
}
_OPENING = len("1 + (")
_SPELT = re.compile(
    r"(?P<opened>(?:[1-9] [-+*/] \()*+)(?P<number>[1-9]) (?P<sign>[-+*/]) (?P<first>[1-9])"
    r"(?P<closed>\)*)"
)
_NUMBER = re.compile(r"-?[0-9]{1,400}")
_WHOLE = re.compile(r"\+?(-?[0-9]{1,400})(?:\.0{1,20})?")
_EQUATION = re.compile(r"[0-9 ()+*/×÷·−-]{1,90000}[+*/×÷·−-][0-9 ()]{1,90000}=([^=]{1,500})")  # noqa: RUF001
_LAST_LINE = re.compile(r"(?:[^\n]{0,500}(?:\bis|\bto|:|=))?\s{0,5}\**(-?[0-9]{1,400})\Z")


@dataclass(frozen=True, slots=True)
class Chain:
    """The innermost number, then outwards the operation and number that stand before it.

    ``steps`` are such as ``("-", 7)``: seven minus what has been made so far.
    """

    first: int
    steps: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.steps) < MOST_NUMBERS:
            raise ValueError(f"{len(self.steps) + 1} numbers, wanted 2 to {MOST_NUMBERS}")
        made = self.first
        for sign, number in self.steps:
            result = _RESULTS.get((number, sign, made))
            if result is None:
                raise ValueError(f"{number} {sign} {made} is no whole number from 1 to 9")
            made = result

    @property
    def statement(self) -> Mapping[str, str]:
        """The expression."""
        return {"expression": self.expression}

    @property
    def expression(self) -> str:
        """The whole, with a bracket around all but the innermost number."""
        opening = [f"{number} {sign} " for sign, number in reversed(self.steps)]
        return f"{'('.join(opening)}{self.first}{')' * (len(self.steps) - 1)}"

    @property
    def answer(self) -> str:
        """The value, from 1 to 9."""
        return str(self.results()[-1])

    @property
    def canonical(self) -> str:
        """The expression; chains that differ by the order in a sum or product are not joined."""
        return self.expression

    @property
    def question(self) -> str:
        """The expression, and what is to be done with it."""
        return f"What is the value of {self.expression}?"

    def results(self) -> tuple[int, ...]:
        """What each bracket makes, from the innermost one outwards."""
        made, results = self.first, []
        for sign, number in self.steps:
            made = _RESULTS[number, sign, made]
            results.append(made)
        return tuple(results)

    def equations(self) -> tuple[tuple[int, str, int, int], ...]:
        """Each step as number, sign, what was made before, and result."""
        before = (self.first, *self.results())
        pairs = zip(self.steps, before, self.results(), strict=False)
        return tuple((number, sign, made, result) for (sign, number), made, result in pairs)

    def thoughts(self, procedure: str | None) -> str:  # noqa: ARG002 - there is one way only
        """Each bracket from the innermost outwards."""
        told = [f"{a} {sign} {b} = {made}." for a, sign, b, made in self.equations()]
        return " ".join(told)

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """Another value, or that the answer is no number."""
        if answer == self.answer:
            return ()
        if not _NUMBER.fullmatch(answer):
            return (Critique("not-a-number", f"{answer!r:.80} is no whole number"),)
        first, rest = self.equations()[0], len(self.steps) - 1
        repair = "begin with the innermost bracket: {} {} {} = {}".format(*first)
        message = f"the value is {self.answer}, not {answer:.40}"
        return (Critique("wrong-value", message, "result", repair=repair if rest else None),)

    def follow(self, text: str) -> Trail:
        """The equations that an explanation states, each beside the one that is due."""
        return follow(text, self.equations())


def parse(statement: Mapping[str, str]) -> Chain:
    """The chain that a statement spells, as in ``7 - (2 * (6 / 3))``.

    Raises `ProblemError` for any other spelling, and where a result on the way is no whole number
    from 1 to 9.
    """
    if set(statement) != {"expression"}:
        came = ", ".join(sorted(statement))
        raise ProblemError(f"a chain states its expression, and here came {came}")
    text = statement["expression"]
    spelt = _SPELT.fullmatch(text)
    if spelt is None or len(spelt["opened"]) != _OPENING * len(spelt["closed"]):
        wanted = "a chain of digits from 1 to 9 such as 7 - (2 * (6 / 3))"
        raise ProblemError(f"{text!r:.60} came, wanted {wanted}", source="expression")
    numbers = spelt["opened"][::_OPENING] + spelt["number"]
    signs = spelt["opened"][2::_OPENING] + spelt["sign"]
    steps = zip(reversed(signs), map(int, reversed(numbers)), strict=True)
    try:
        return Chain(int(spelt["first"]), tuple(steps))
    except ValueError as error:
        raise ProblemError(str(error), source="expression") from error


def draw(size: int, rng: Random) -> Chain:
    """A chain of so many numbers; every step is drawn evenly from those that stay from 1 to 9."""
    made = first = rng.choice(_DIGITS)
    steps = []
    for _ in range(size - 1):
        sign, number, made = rng.choice(_NEXT_STEPS[made])
        steps.append((sign, number))
    return Chain(first, tuple(steps))


def tidy(answer: str) -> str:
    """The number; of an equation such as ``2 * 3 = 6`` what stands behind it."""
    if equation := _EQUATION.fullmatch(answer):
        answer = equation[1].strip()
    match = _WHOLE.fullmatch(answer)
    return match[1] if match else answer


def bare(line: str) -> str | None:
    """The number at the end of a line that says what the value is, or is but that number."""
    match = _LAST_LINE.match(line)
    return match[1] if match else None
