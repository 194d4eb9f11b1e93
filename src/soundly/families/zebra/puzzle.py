"""The puzzle that a statement spells, and its spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

NAME = "zebra"
MAX_HOUSES = 20
MAX_ATTRIBUTES = 20
PROMISE = "at most one"

RELATIONS: Mapping[str, Callable[[int, int], bool]] = {
    "same": lambda a, b: a == b,
    "apart": lambda a, b: a != b,
    "next": lambda a, b: abs(a - b) == 1,
    "just-left": lambda a, b: a + 1 == b,
    "left": lambda a, b: a < b,
    "one-between": lambda a, b: abs(a - b) == 2,
    "at": lambda a, b: a == b,
    "not-at": lambda a, b: a != b,
}
"""What a clue says of the house of its value and the house of the other, or the house it names."""

PLACED = ("at", "not-at")
"""The kinds whose second part is a house."""

_WORD = re.compile(r"[a-z][a-z0-9]{0,29}(?:-[a-z0-9]{1,30}){0,3}")


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: ``other`` is a value, or where ``kind`` is one of `PLACED` a house."""

    kind: str
    value: str
    other: str | int

    def __post_init__(self) -> None:
        if self.kind not in RELATIONS:
            raise ValueError(f"{self.kind!r} is no kind of clue, wanted {', '.join(RELATIONS)}")
        if isinstance(self.other, int) != (self.kind in PLACED):
            raise ValueError(f"{self.other!r} does not go with {self.kind}")
        if self.value == self.other:
            raise ValueError(f"{self.value!r} is related to itself")

    def __str__(self) -> str:
        return f"{self.kind} {self.value} {self.other}"


@dataclass(frozen=True)
class Puzzle:
    """Attributes with as many values each as there are houses, and what the clues say of them.

    ``promised``: there is at most one solution, as whoever posed the puzzle says.
    """

    attributes: tuple[tuple[str, tuple[str, ...]], ...]
    clues: tuple[Clue, ...]
    promised: bool = False

    def __post_init__(self) -> None:
        sizes = {len(values) for _, values in self.attributes}
        if len(sizes) != 1 or not sizes <= set(range(1, MAX_HOUSES + 1)):
            raise ValueError(f"attributes have {sorted(sizes)} values, wanted one number, 1 to 20")
        words = [word for name, values in self.attributes for word in (name, *values)]
        if len(set(words)) != len(words):
            raise ValueError("a word is used twice among attributes and values")
        for clue in self.clues:
            if clue.value not in self.attribute_of:
                raise ValueError(f"{clue} is about {clue.value!r}, which is no value")
            if isinstance(clue.other, int):
                if not 1 <= clue.other <= self.houses:
                    raise ValueError(f"{clue} is about house {clue.other} of {self.houses}")
            elif clue.other not in self.attribute_of:
                raise ValueError(f"{clue} is about {clue.other!r}, which is no value")

    @property
    def houses(self) -> int:
        """How many houses stand in the row, numbered from 1 on the left."""
        return len(self.attributes[0][1])

    @cached_property
    def attribute_of(self) -> Mapping[str, str]:
        """The attribute of each value, values in the order of the statement."""
        return {value: name for name, values in self.attributes for value in values}

    def problem(self, name: str) -> Problem:
        """The puzzle as a problem: a line for each attribute, a line for each clue."""
        lines = [f"{each}: {' '.join(values)}\n" for each, values in self.attributes]
        statement = {
            "attributes": "".join(lines),
            "clues": "".join(f"{clue}\n" for clue in self.clues),
        }
        return Problem(NAME, name, statement | ({"solutions": PROMISE} if self.promised else {}))


@lru_cache(maxsize=256)
def puzzle_of(problem: Problem) -> Puzzle:
    """The puzzle of a problem; raises `ProblemError` for a statement that is none.

    ``attributes`` has lines such as ``pet: cat dog owl``, all with as many values as there are
    houses, and no word twice. ``clues`` has lines such as ``just-left cat red`` or ``not-at owl
    2``. ``solutions`` may be left out, and is "at most one" otherwise. Words are lower case.
    """
    stated = problem.statement
    if set(stated) - {"solutions"} != {"attributes", "clues"}:
        came = ", ".join(sorted(stated))
        raise ProblemError(f"a puzzle states attributes and clues, and here came {came}")
    if stated.get("solutions", PROMISE) != PROMISE:
        came = f"{stated['solutions']!r:.40}"
        raise ProblemError(f"{came} came, wanted {PROMISE!r} or nothing", source="solutions")
    attributes = _attributes(stated["attributes"])
    houses = len(attributes[0][1])
    values = frozenset(value for _, each in attributes for value in each)
    clues = tuple(
        _clue(number, line.split(), values, houses)
        for number, line in enumerate(stated["clues"].split("\n"), start=1)
        if line.strip()
    )
    return Puzzle(tuple(attributes), clues, promised="solutions" in stated)


def _attributes(text: str) -> list[tuple[str, tuple[str, ...]]]:
    attributes: list[tuple[str, tuple[str, ...]]] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        name, colon, rest = line.partition(":")
        values = tuple(rest.split())
        if not colon or not values:
            raise _error(
                "attributes", number, f"{line!r:.60} came, wanted an attribute: its values"
            )
        for word in (name.strip(), *values):
            if not _WORD.fullmatch(word):
                raise _error("attributes", number, f"{word!r:.60} is no word in lower case")
            if word in seen:
                raise _error("attributes", number, f"{word!r} is used twice")
            seen.add(word)
        if len(values) > MAX_HOUSES or len(attributes) == MAX_ATTRIBUTES:
            raise _error("attributes", number, "at most 20 attributes of 20 values are read")
        if attributes and len(values) != len(attributes[0][1]):
            wanted = len(attributes[0][1])
            raise _error("attributes", number, f"{len(values)} values came, wanted {wanted}")
        attributes.append((name.strip(), values))
    if not attributes:
        raise _error("attributes", 1, "there are none, wanted lines such as pet: cat dog owl")
    return attributes


def _clue(number: int, words: list[str], values: frozenset[str], houses: int) -> Clue:
    if len(words) != 3 or words[0] not in RELATIONS:
        came, kinds = " ".join(words), ", ".join(RELATIONS)
        raise _error("clues", number, f"{came!r:.60} came, wanted a kind and two parts: {kinds}")
    kind, value, other = words
    for word in (value,) if kind in PLACED else (value, other):
        if word not in values:
            raise _error("clues", number, f"{word!r:.60} is no value of any attribute")
    if kind in PLACED:
        if other not in {str(house) for house in range(1, houses + 1)}:
            raise _error("clues", number, f"{other!r:.60} is no house: they are 1 to {houses}")
        return Clue(kind, value, int(other))
    if value == other:
        raise _error("clues", number, f"{value!r} is related to itself")
    return Clue(kind, value, other)


def _error(source: str, line: int, reason: str) -> ProblemError:
    return ProblemError(reason, line=line, source=source)
