"""The kind ``arithmetic-exhaustion``: no expression of the given numbers makes the target.

Evidence: ``{"reach": {"3 8": ["5", "8/3", …], …}, "need": {"3 3 8": ["-16", "3", …], …}}``.
``reach`` has a table for every choice of two numbers up to half of them, and it holds whatever
that choice can make. ``need`` has one for every larger choice: whatever would do, together with
numbers outside the choice, as long as the choice made it. Of two parts of a choice, one is at most
half of all numbers; so every expression is met in the middle, and neither table grows large.
The tables may hold more than they have to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from soundly.kernel.amount import amount
from soundly.kernel.arithmetic import Stated, read_stated
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused

Choice: TypeAlias = tuple[int, ...]
Tables: TypeAlias = Mapping[Choice, frozenset[Fraction]]

_MOST_REACHED = {2: 6, 3: 108}
_MOST_NEEDED = 128
_VALUE = re.compile(r"(-?[0-9]{1,60})(?:/([1-9][0-9]{0,59}))?")


def check_exhaustion(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless both tables are closed and nothing that is needed can be reached."""
    stated = read_stated(statement)
    numbers, half = stated.numbers, len(stated.numbers) // 2
    reach_texts, need_texts = fields_of(evidence, "reach", "need")
    small = {choice for size in range(2, half + 1) for choice in combinations(numbers, size)}
    large = {
        choice
        for size in range(half + 1, len(numbers) + 1)
        for choice in combinations(numbers, size)
    }
    singles = {(number,): frozenset([Fraction(number)]) for number in numbers}
    reach = singles | {
        choice: _table(reach_texts, "reach", choice, _MOST_REACHED[len(choice)]) for choice in small
    }
    need = {choice: _table(need_texts, "need", choice, _MOST_NEEDED) for choice in large}
    _require_reach_closed(reach)
    _require_target_needed(stated, reach, need)
    for choice, values in need.items():
        _require_need_closed(choice, values, reach, need)
    held = sum(map(len, [*reach.values(), *need.values()]))
    return f"no expression makes {stated.target}: shown by closed tables of {amount(held, 'value')}"


def _table(tables: object, what: str, choice: Choice, most: int) -> frozenset[Fraction]:
    name = " ".join(map(str, choice))
    if not isinstance(tables, dict) or name not in tables:
        raise Refused(f"{what} has no table for {name}")
    texts = list_of(tables[name], f"values of {what} for {name}")
    if len(texts) > most:
        raise Refused(f"{what} for {name} holds {len(texts)} values; at most {most} are possible")
    return frozenset(map(_value, texts))


def _value(text: object) -> Fraction:
    match = _VALUE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused(f"{text!r:.80} is no value such as '3' or '-8/3'")
    return Fraction(int(match[1]), int(match[2] or 1))


def _parts(choice: Choice) -> Iterator[tuple[Choice, Choice]]:
    """Every way to part a choice in two, each of the two in either place."""
    places = range(len(choice))
    parted: set[tuple[Choice, Choice]] = set()
    for size in range(1, len(choice)):
        for inside in combinations(places, size):
            outside = tuple(choice[place] for place in places if place not in inside)
            parted.add((tuple(choice[place] for place in inside), outside))
    yield from parted


def _require_reach_closed(reach: Tables) -> None:
    for choice, values in reach.items():
        for first, second in _parts(choice):
            for a in reach[first]:
                for b in reach[second]:
                    made = {a + b, a - b, a * b} | ({a / b} if b else set())
                    if outside := made - values:
                        raise Refused(
                            f"{_name(choice)} makes {min(outside)}, which reach does not hold"
                        )


def _require_target_needed(stated: Stated, reach: Tables, need: Tables) -> None:
    target = Fraction(stated.target)
    for choice in [*reach, *need]:
        if stated.use_all and choice != stated.numbers:
            continue
        if choice in reach and target in reach[choice]:
            raise Refused(f"{_name(choice)} may make {target}")
        if choice in need and target not in need[choice]:
            raise Refused(f"need for {_name(choice)} lacks the target {target}")


def _require_need_closed(
    choice: Choice, values: frozenset[Fraction], reach: Tables, need: Tables
) -> None:
    """What the larger part has to make, by what the smaller can, is needed or out of reach.

    Which of the two stands left does not matter: `_needed` goes through both orders.
    """
    if len(choice) == 1 and Fraction(choice[0]) in values:
        raise Refused(f"{choice[0]} is needed, and given")
    for unknown, known in _parts(choice):
        if (len(known), known) > (len(unknown), unknown):
            continue
        for value in values:
            for b in reach[known]:
                if value == b == 0:
                    raise Refused(f"{_name(choice)} may make 0, as a product with 0")
                for a in _needed(value, b):
                    if unknown in need and a not in need[unknown]:
                        raise Refused(f"need for {_name(unknown)} lacks {a}")
                    if unknown in reach and a in reach[unknown]:
                        raise Refused(f"{_name(unknown)} may make {a}, which is needed")


def _needed(value: Fraction, b: Fraction) -> Iterator[Fraction]:
    """Every a of which an operation with b makes the value, but for 0 times anything."""
    yield from (value - b, value + b, b - value)
    if b:
        yield from (value / b, value * b)
        if value:
            yield b / value


def _name(choice: Choice) -> str:
    return " ".join(map(str, choice))
