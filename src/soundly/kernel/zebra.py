"""The kinds ``zebra``, ``zebra-unique`` and ``zebra-drat``: logic grid puzzles.

A statement has ``attributes``, a line ``pet: cat dog owl`` each with one value for every house, and
``clues``, a line ``just-left cat red`` each; ``solutions``, where there is one, is "at most one",
and nothing here relies on it. Evidence of a solution is ``{"houses": [["cat", 1], …]}``: value,
house. Evidence that it is the only one has a ``proof`` besides, in DRAT, that refutes `clauses`
with that solution excluded; evidence that there is none is ``{"proof": "…"}`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from soundly.kernel.amount import amount
from soundly.kernel.drat import check_refutation
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused

MAX_HOUSES = 20
MAX_ATTRIBUTES = 20
MAX_CLUES = 10_000

_WORD = re.compile(r"[a-z][a-z0-9]{0,29}(?:-[a-z0-9]{1,30}){0,3}")
_HOUSE = re.compile(r"[1-9][0-9]?")

_HOLDS: Mapping[str, Callable[[int, int], bool]] = {
    "same": lambda first, second: first == second,
    "apart": lambda first, second: first != second,
    "next": lambda first, second: second in (first - 1, first + 1),
    "just-left": lambda first, second: second == first + 1,
    "left": lambda first, second: second > first,
    "one-between": lambda first, second: second in (first - 2, first + 2),
    "at": lambda first, second: first == second,
    "not-at": lambda first, second: first != second,
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Values by their numbers from 0, attribute after attribute; a clue is kind, value, other.

    ``other`` is the number of a value, and for ``at`` and ``not-at`` a house, from 1.
    """

    houses: int
    numbers: Mapping[str, int]
    clues: tuple[tuple[str, int, int], ...]

    def variable(self, value: int, house: int) -> int:
        """The variable that says that this value is in this house."""
        return value * self.houses + house


def check_solved(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless every value is in one house, no two of an attribute in one, all clues kept."""
    grid = read_grid(statement)
    (pairs,) = fields_of(evidence, "houses")
    _solution(grid, pairs)
    values, houses = amount(len(grid.numbers), "value"), amount(grid.houses, "house")
    return f"{values} placed in {houses}, {amount(len(grid.clues), 'clue')} kept"


def check_unique(statement: Mapping[str, object], evidence: object) -> str:
    """As `check_solved`, and refuses unless the proof shows that there is no other solution."""
    grid = read_grid(statement)
    pairs, proof = fields_of(evidence, "houses", "proof")
    steps = _refuted(grid, proof, _solution(grid, pairs))
    clues = amount(len(grid.clues), "clue")
    return f"{clues} kept, and no other solution: refuted in {amount(steps, 'step')}"


def check_unsolvable(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the proof refutes the clauses of the puzzle."""
    grid = read_grid(statement)
    (proof,) = fields_of(evidence, "proof")
    clues = amount(len(grid.clues), "clue excludes itself", "clues exclude each other")
    return f"{clues}: refuted in {amount(_refuted(grid, proof), 'step')}"


def clauses(grid: Grid, excluded: Mapping[int, int] | None = None) -> Iterator[tuple[int, ...]]:
    """The formula whose models are the solutions, but for the excluded one.

    Each value is in one house, and each house has one value of every attribute. A clue on two
    values says for each house of either in which houses the other may then be.
    """
    values, row = range(len(grid.numbers)), range(1, grid.houses + 1)
    for value in values:
        yield from _exactly_one([grid.variable(value, house) for house in row])
    for first in values[:: grid.houses]:
        siblings = range(first, first + grid.houses)
        for house in row:
            yield from _exactly_one([grid.variable(value, house) for value in siblings])
    for kind, value, other in grid.clues:
        holds = _HOLDS[kind]
        for house in row:
            if kind in ("at", "not-at"):
                if not holds(house, other):
                    yield (-grid.variable(value, house),)
                continue
            beside = [grid.variable(other, each) for each in row if holds(house, each)]
            yield -grid.variable(value, house), *beside
            beside = [grid.variable(value, each) for each in row if holds(each, house)]
            yield -grid.variable(other, house), *beside
    if excluded is not None:
        yield tuple(-grid.variable(value, house) for value, house in excluded.items())


def read_grid(statement: Mapping[str, object]) -> Grid:
    """The puzzle that a statement spells."""
    if set(statement) - {"solutions"} != {"attributes", "clues"}:
        raise Refused("the statement has to have the texts attributes and clues")
    if statement.get("solutions", "at most one") != "at most one":
        raise Refused('where the statement speaks of solutions, it has to say "at most one"')
    rows = []
    names: set[str] = set()
    for line in _lines(statement["attributes"], "attributes", MAX_ATTRIBUTES):
        name, colon, values = line.partition(":")
        if not colon or not _WORD.fullmatch(name.strip()):
            raise Refused(f"{line!r:.80} is no attribute with its values")
        names.add(name.strip())
        rows.append(values.split())
    numbers = {word: number for number, word in enumerate(word for row in rows for word in row)}
    houses = len(rows[0]) if rows else 0
    if not 1 <= houses <= MAX_HOUSES or any(len(row) != houses for row in rows):
        raise Refused(f"every attribute has to have one number of values, 1 to {MAX_HOUSES}")
    if len(numbers) + len(names) != len(rows) * (houses + 1) or names & set(numbers):
        raise Refused("a word is used twice among attributes and values")
    for word in numbers:
        if not _WORD.fullmatch(word):
            raise Refused(f"{word!r:.80} is no word in lower case")
    lines = _lines(statement["clues"], "clues", MAX_CLUES)
    return Grid(houses, numbers, tuple(_clue(line, numbers, houses) for line in lines))


def _clue(line: str, numbers: Mapping[str, int], houses: int) -> tuple[str, int, int]:
    words = line.split()
    if len(words) != 3 or words[0] not in _HOLDS or words[1] not in numbers:
        raise Refused(f"{line!r:.80} is no clue")
    kind, value, other = words
    if kind in ("at", "not-at"):
        if not _HOUSE.fullmatch(other) or int(other) > houses:
            raise Refused(f"{other!r:.80} is no house")
        return kind, numbers[value], int(other)
    if other not in numbers or other == value:
        raise Refused(f"{line!r:.80} is no clue about two values")
    return kind, numbers[value], numbers[other]


def _lines(text: object, what: str, most: int) -> list[str]:
    if not isinstance(text, str):
        raise Refused(f"the {what} have to be a text, not {type(text).__name__}")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > most:
        raise Refused(f"there are {len(lines)} {what}; at most {most} are read")
    return lines


def _solution(grid: Grid, pairs: object) -> dict[int, int]:
    """The house of each value, all clues kept."""
    placed: dict[int, int] = {}
    for pair in list_of(pairs, "houses"):
        match pair:
            case [str(word), int(house)] if word in grid.numbers and not isinstance(house, bool):
                value = grid.numbers[word]
            case _:
                raise Refused(f"{pair!r:.80} is no pair of a value and a house")
        if not 1 <= house <= grid.houses:
            raise Refused(f"there is no house {house:.0f}" if abs(house) < 100 else "no such house")
        if value in placed:
            raise Refused(f"{word} is placed twice")
        placed[value] = house
    taken = {(value // grid.houses, house) for value, house in placed.items()}
    if len(placed) != len(grid.numbers) or len(taken) != len(placed):
        raise Refused("a value has no house, or two values of an attribute have one")
    for number, (kind, value, other) in enumerate(grid.clues, start=1):
        if not _HOLDS[kind](placed[value], other if kind in ("at", "not-at") else placed[other]):
            raise Refused(f"clue {number} is not kept")
    return placed


def _refuted(grid: Grid, proof: object, excluded: Mapping[int, int] | None = None) -> int:
    if not isinstance(proof, str):
        raise Refused(f"the proof has to be a string, not {type(proof).__name__}")
    variables = len(grid.numbers) * grid.houses
    return check_refutation(variables, clauses(grid, excluded), proof)


def _exactly_one(variables: list[int]) -> Iterator[tuple[int, ...]]:
    yield tuple(variables)
    for place, first in enumerate(variables):
        for second in variables[place + 1 :]:
            yield -first, -second
