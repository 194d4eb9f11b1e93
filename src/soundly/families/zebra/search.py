"""Search for a solution other than a known one; where there is none, the proof is written along.

A value's domain is a set of houses in the bits of a number, the first house in the lowest. What
narrowing removes, unit propagation removes from the formula in `soundly.kernel.zebra` as well. So
the choices that narrowing refutes are, negated and in the order in which they are given up, a
proof that the kernel's checker follows. Values at which narrowing failed often are chosen first
(Boussemart, Hemery, Lecoutre and Sais, 2004).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from soundly.families.zebra.puzzle import PLACED, Clue, Puzzle

Domains: TypeAlias = list[int]


class SearchLimit(Exception):  # noqa: N818 - a stop signal, not an error
    """The search gave up: so many choices, and no answer yet."""


@dataclass(slots=True)
class Search:
    """Solutions of a puzzle under any of its clues.

    ``proof`` holds the steps of the last search, one clause each, where ``log`` asks for it.
    """

    houses: int
    values: int
    max_choices: int = 1_000_000
    log: bool = False
    proof: list[str] = field(default_factory=list)
    _about: list[list[tuple[str, int]]] = field(default_factory=list)
    _skip: Sequence[int] | None = None
    _choices: list[int] = field(default_factory=list)
    _made: int = 0
    _blame: list[int] = field(default_factory=list)

    def other_than(
        self, skip: Sequence[int] | None, clues: Sequence[tuple[str, int, int]]
    ) -> Domains | None:
        """Domains of one house each that keep the clues and are not ``skip``; None without any.

        Raises `SearchLimit` after ``max_choices`` choices.
        """
        self._skip, self._made, self.proof, self._choices = skip, 0, [], []
        self._blame = [1] * self.values
        self._about = [[] for _ in range(self.values)]
        full = (1 << self.houses) - 1
        domains = [full] * self.values
        for kind, value, other in clues:
            if kind in PLACED:
                domains[value] &= 1 << other - 1 if kind == "at" else ~(1 << other - 1)
            else:
                self._about[value].append((kind, other))
                self._about[other].append((_CONVERSE[kind], value))
        if not all(domains) or not self._narrow(domains, list(range(self.values))):
            self._give_up()
            return None
        return self._explore(domains)

    def _explore(self, domains: Domains) -> Domains | None:
        """A solution within narrowed domains."""
        chosen, least = -1, float("inf")
        for value, domain in enumerate(domains):
            if domain & (domain - 1) and domain.bit_count() < least * self._blame[value]:
                chosen, least = value, domain.bit_count() / self._blame[value]
        if chosen < 0:
            if self._skip is None or list(self._skip) != domains:
                return domains
            self._give_up()
            return None
        rest = domains[chosen]
        while rest:
            house = rest & -rest
            rest ^= house
            self._made += 1
            if self._made > self.max_choices:
                raise SearchLimit
            self._choices.append(chosen * self.houses + house.bit_length())
            inner = domains.copy()
            inner[chosen] = house
            if self._narrow(inner, [chosen]):
                found = self._explore(inner)
                if found is not None:
                    return found
            else:
                self._give_up()
            self._choices.pop()
        self._give_up()
        return None

    def _give_up(self) -> None:
        if self.log:
            self.proof.append("".join(f"-{choice} " for choice in self._choices) + "0")

    def _narrow(self, domains: Domains, changed: list[int]) -> bool:
        """Remove what the clues and the other values exclude; False where nothing is left."""
        full = (1 << self.houses) - 1
        while changed:
            value = changed.pop()
            domain = domains[value]
            for kind, other in self._about[value]:
                left = domains[other] & _BESIDE[kind](domain, full)
                if left != domains[other]:
                    if not left:
                        self._blame[other] += 1
                        return False
                    domains[other] = left
                    changed.append(other)
            if not self._narrow_siblings(domains, changed, value):
                self._blame[value] += 1
                return False
        return True

    def _narrow_siblings(self, domains: Domains, changed: list[int], value: int) -> bool:
        """The same for values of one attribute: none shares a house, and each house has one."""
        first, domain = value - value % self.houses, domains[value]
        siblings = range(first, first + self.houses)
        if not domain & (domain - 1):
            for other in siblings:
                if other != value and domains[other] & domain:
                    domains[other] ^= domain
                    changed.append(other)
        once = twice = 0
        for other in siblings:
            if not domains[other]:
                return False
            twice |= once & domains[other]
            once |= domains[other]
        single = once & ~twice
        for other in siblings:
            mine = domains[other] & single
            if mine & (mine - 1):
                return False
            if mine and domains[other] != mine:
                domains[other] = mine
                changed.append(other)
        return once == (1 << self.houses) - 1


_CONVERSE = {
    "same": "same",
    "apart": "apart",
    "next": "next",
    "one-between": "one-between",
    "just-left": "just-right",
    "left": "right",
}


_BESIDE: Mapping[str, Callable[[int, int], int]] = {
    "same": lambda domain, _: domain,
    "apart": lambda domain, full: full if domain & (domain - 1) else full & ~domain,
    "next": lambda domain, full: (domain << 1 | domain >> 1) & full,
    "just-left": lambda domain, full: domain << 1 & full,
    "just-right": lambda domain, _: domain >> 1,
    "left": lambda domain, full: full & ~((domain & -domain) * 2 - 1),
    "right": lambda domain, _: (1 << domain.bit_length() - 1) - 1,
    "one-between": lambda domain, full: (domain << 2 | domain >> 2) & full,
}
"""Where the other value may be, its partner being within the domain."""


def numbered(puzzle: Puzzle, clues: Sequence[Clue]) -> list[tuple[str, int, int]]:
    """Clues with values by number, in the order of the statement, as `Search` wants them."""
    number = {value: at for at, value in enumerate(puzzle.attribute_of)}
    return [
        (c.kind, number[c.value], c.other if isinstance(c.other, int) else number[c.other])
        for c in clues
    ]


def proof_of_uniqueness(
    puzzle: Puzzle, houses: Sequence[int], *, max_choices: int = 20_000
) -> str | None:
    """A proof in DRAT that no other solution exists; None where one does, or nobody knows yet.

    ``houses`` is the house of each value, in the order of the statement.
    """
    search = Search(puzzle.houses, len(puzzle.attribute_of), max_choices=max_choices, log=True)
    known = [1 << house - 1 for house in houses]
    try:
        other = search.other_than(known, numbered(puzzle, puzzle.clues))
    except SearchLimit:
        return None
    return None if other is not None else "\n".join(search.proof) + "\n"
