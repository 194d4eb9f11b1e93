"""The product of two numbers, common ones or rare ones.

Number words are the rarer the larger the number, with peaks at round ones such as 10, 12, 15, 20,
50 and 100 (Dehaene and Mehler, "Cross-linguistic regularities in the frequency of number words",
Cognition 43, 1992). So of two numbers of one length the round one is the more popular. Here a
number counts as popular where it is 1 to 9, 12, 15, 25 or 75 with zeros behind, and as unpopular
where none of its digits is 0 or 5, its last one is 3, 7 or 9, and its digits are not all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

from soundly.core.errors import ProblemError, UsageError
from soundly.core.verdict import Critique

Popularity: TypeAlias = Literal["popular", "unpopular"]

MOST_DIGITS = 1_000
POPULARITIES: tuple[Popularity, ...] = ("popular", "unpopular")

_DIGITS = "12346789"
_TOO_LARGE = 10**MOST_DIGITS
_ROUND = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "12", "15", "25", "75")
_FACTORS = re.compile(rf"([1-9][0-9]{{0,{MOST_DIGITS - 1}}}) ([1-9][0-9]{{0,{MOST_DIGITS - 1}}})")
_NUMBER = re.compile(r"0|[1-9][0-9]*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?:\{,\}[0-9]{3})+")
_WHOLE = re.compile(r"([0-9]{1,4000})\.0{1,9}")
_FACTORS_SAID = re.compile(r"[0-9 ,(){}$\\]*[x*×·][0-9 ,(){}$\\x*×·]*")  # noqa: RUF001
_LAST_LINE = re.compile(
    r"(?:[^\n]{0,9000}(?:\bis|\bto|:|=|\bequals))?[ *_`$(\\]{0,6}([0-9][0-9,]*)\Z"
)


@dataclass(frozen=True, slots=True)
class Product:
    """Two whole numbers of 1 to 1,000 digits, none of them zero."""

    first: int
    second: int

    def __post_init__(self) -> None:
        for each in (self.first, self.second):
            if not 0 < each < _TOO_LARGE:
                raise ValueError(f"a factor has 1 to {MOST_DIGITS} digits and is not zero")

    @property
    def statement(self) -> Mapping[str, str]:
        """The two factors."""
        return {"factors": f"{self.first} {self.second}"}

    @property
    def answer(self) -> str:
        """The exact product in decimal digits."""
        return str(self.first * self.second)

    @property
    def canonical(self) -> str:
        """The factors, the smaller one first."""
        return f"{min(self.first, self.second)} {max(self.first, self.second)}"

    @property
    def question(self) -> str:
        """The factors, and what is to be done with them."""
        return f"What is {self.first} times {self.second}?"

    @property
    def thoughts(self) -> str:
        """The first factor times each digit of the second with its zeros, and then the sum."""
        digits = str(self.second)
        zeros = range(len(digits) - 1, -1, -1)
        every = [int(digit) * 10**end for digit, end in zip(digits, zeros, strict=True)]
        places = [place for place in every if place]
        parts = [f"{self.first} x {place} = {self.first * place}." for place in places]
        if len(parts) > 1:
            added = " + ".join(str(self.first * place) for place in places)
            parts.append(f"{added} = {self.answer}.")
        return " ".join(parts)

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """A wrong number of digits, and every wrong digit, counted from the right.

        The first of these says which end of the product the ends of the factors give.
        """
        right = self.answer
        if answer == right:
            return ()
        if not _NUMBER.fullmatch(answer):
            return (Critique("not-a-number", f"{answer!r:.80} is not one whole number"),)
        found = []
        if len(answer) != len(right):
            message = f"it has {len(answer)} digits, and the product has {len(right)}"
            found.append(Critique("wrong-length", message))
        pairs = zip(reversed(answer), reversed(right), strict=False)
        for place, (came, wanted) in enumerate(pairs, start=1):
            if came != wanted:
                where, message = (
                    f"digit {place} from the right",
                    f"it is {came} and has to be {wanted}",
                )
                repair = None if any(each.repair for each in found) else self._ending(place)
                found.append(Critique("wrong-digit", message, where, repair=repair))
        return tuple(found)

    def _ending(self, place: int) -> str | None:
        """How the last digits come about, where they are few."""
        if place > 9:
            return None
        first, second = (each % 10**place for each in (self.first, self.second))
        end = f"{first * second % 10**place:0{place}}"
        return f"{first} x {second} = {first * second}, so the product ends in {end}"


def parse(statement: Mapping[str, str]) -> Product:
    """The product that a statement asks for; raises `ProblemError` for any other."""
    if set(statement) != {"factors"}:
        came = ", ".join(sorted(statement))
        raise ProblemError(f"a product states its factors, and here came {came}")
    match = _FACTORS.fullmatch(statement["factors"])
    if match is None:
        wanted = f"two numbers of at most {MOST_DIGITS} digits such as 37 83"
        raise ProblemError(f"{statement['factors']!r:.60} came, wanted {wanted}", source="factors")
    return Product(int(match[1]), int(match[2]))


def draw(popularity: Popularity | None, size: int, seed: int) -> Product:
    """Two factors of so many digits; where the popularity is None, the two take turns."""
    rng = Random((seed << 20) + size)  # noqa: S311 - instances are not secrets
    chosen = popularity or POPULARITIES[seed % 2]
    make = _popular if chosen == "popular" else _unpopular
    return Product(make(size, rng), make(size, rng))


def is_popular(number: int) -> bool:
    """Whether a number counts as popular."""
    return str(number).rstrip("0") in _ROUND


def check_settings(popularity: Popularity | None) -> None:
    """Raises `UsageError` for a popularity that there is not."""
    if popularity is not None and popularity not in POPULARITIES:
        wanted = " or ".join(POPULARITIES)
        raise UsageError(f"popularity is {popularity!r:.40}, wanted {wanted}")


def _popular(digits: int, rng: Random) -> int:
    return int(_ROUND[int(rng.random() * len(_ROUND))].ljust(digits, "0"))


def _unpopular(digits: int, rng: Random) -> int:
    rand = rng.random
    while True:
        most = [_DIGITS[int(rand() * 8)] for _ in range(digits - 1)]
        text = "".join(most) + "379"[int(rand() * 3)]
        if text != text[0] * digits:
            return int(text)


def tidy(answer: str) -> str:
    """The number without separators of thousands; of an equation what stands behind it."""
    factors, equals, result = answer.rpartition("=")
    if equals and _FACTORS_SAID.fullmatch(re.sub(r"\\times|\\cdot", "x", factors)):
        answer = result
    answer = answer.removeprefix("\\(").removesuffix("\\)").strip(" $*")
    if _GROUPED.fullmatch(answer):
        return re.sub("[^0-9]", "", answer)
    match = _WHOLE.fullmatch(answer)
    return match[1] if match else answer


def bare(line: str) -> str | None:
    """The number at the end of a line that says what the product is, or is but that number."""
    match = _LAST_LINE.match(re.sub(r"\\[()]", "", line))
    return match[1] if match else None
