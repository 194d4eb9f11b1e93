"""A proof that a formula in conjunctive normal form has no model, checked step by step.

The format is DRAT as SAT solvers write it, in its textual form, and every added clause has to have
the property RUP: assuming it false leads to a contradiction by unit propagation alone (Goldberg and
Novikov, 2003; Heule, Hunt and Wetzler, 2013). A step that only has the weaker property RAT is
refused: no solver needs it without extension variables or blocked clauses, and a clause that does
not follow from the formula deserves more trust than so small a checker should give.

Literals are DIMACS numbers, and they index lists as they are: ``values[-v]`` is counted from the
end, so a list of ``2 n + 1`` places holds all literals of ``n`` variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from soundly.kernel.refused import Refused

Clause: TypeAlias = Sequence[int]

MAX_WORK = 100_000_000
"""Clauses and literals that are looked at; so many take a minute or so."""

_STEP = re.compile(r"(d )?((?:-?[1-9][0-9]{0,8} )*)0")


def check_refutation(variables: int, clauses: Iterable[Clause], proof: str) -> int:
    """How many clauses the proof added until it met the contradiction.

    Lines behind the contradiction are not read. Deleting a clause that is not there does nothing;
    what was already propagated from a deleted clause stays, for it follows all the same.

    Raises:
        Refused: a line is no step, a clause does not follow by unit propagation, the proof ends
            without a contradiction, or checking it takes more than `MAX_WORK`. Steps are counted
            from 1, deletions included.
    """
    formula = _Formula(variables)
    for clause in clauses:
        formula.add(clause)
    added = 0
    steps = _steps(proof, variables)
    while not formula.contradictory:
        number, deletes, clause = next(steps, (0, False, ()))
        if not number:
            raise Refused("the proof ends without a contradiction")
        if deletes:
            formula.delete(clause)
        elif formula.implies(clause):
            formula.add(clause)
            added += 1
        else:
            shown = " ".join(map(str, clause))
            raise Refused(
                f"step {number} adds ({shown:.80}), which does not follow by unit propagation"
            )
    return added


def _steps(proof: str, variables: int) -> Iterator[tuple[int, bool, Clause]]:
    for number, line in enumerate(proof.split("\n"), start=1):
        if not line and number == proof.count("\n") + 1:
            return
        match = _STEP.fullmatch(line)
        if match is None:
            raise Refused(f"step {number} is no step of a DRAT proof: {line!r:.80}")
        clause = tuple(map(int, match[2].split()))
        if any(abs(literal) > variables for literal in clause):
            raise Refused(f"step {number} names a variable beyond the {variables} of the formula")
        yield number, match[1] is not None, clause


class _Formula:
    """Clauses under unit propagation, each clause watched at two literals that are not false.

    Literals on the trail are true in every model. Clauses that hold a true literal, or became
    units, are not kept: the trail never shrinks below what the formula itself forces.
    """

    def __init__(self, variables: int) -> None:
        places = 2 * variables + 1
        self.contradictory = False
        self._values = [0] * places
        self._watches: list[list[list[int]]] = [[] for _ in range(places)]
        self._trail: list[int] = []
        self._clauses: dict[frozenset[int], list[list[int]]] = {}
        self._work = 0

    def add(self, clause: Clause) -> None:
        """Add a clause, and all units that follow."""
        literals = frozenset(clause)
        if any(self._values[each] > 0 for each in literals):
            return
        kept = [literal for literal in literals if self._values[literal] == 0]
        if len(kept) > 1:
            self._clauses.setdefault(literals, []).append(kept)
            self._watches[kept[0]].append(kept)
            self._watches[kept[1]].append(kept)
        elif kept:
            self._assign(kept[0])
            self.contradictory |= self._conflict_behind(len(self._trail) - 1)
        else:
            self.contradictory = True

    def delete(self, clause: Clause) -> None:
        """Forget a clause. An emptied list is dropped wherever it is still watched."""
        literals = frozenset(clause)
        if same := self._clauses.get(literals):
            same.pop().clear()

    def implies(self, clause: Clause) -> bool:
        """Whether assuming all its literals false leads to a contradiction by propagation."""
        start = len(self._trail)
        implied = False
        for literal in clause:
            if self._values[literal] > 0:
                implied = True
                break
            if self._values[literal] == 0:
                self._assign(-literal)
        implied = implied or self._conflict_behind(start)
        for literal in self._trail[start:]:
            self._values[literal] = self._values[-literal] = 0
        del self._trail[start:]
        return implied

    def _assign(self, literal: int) -> None:
        self._values[literal], self._values[-literal] = 1, -1
        self._trail.append(literal)

    def _conflict_behind(self, head: int) -> bool:
        """Propagate the trail from ``head`` on; whether a clause lost its last literal."""
        values, watches, trail = self._values, self._watches, self._trail
        while head < len(trail):
            false = -trail[head]
            head += 1
            watching = watches[false]
            watches[false] = kept = []
            self._spend(len(watching))
            for position, clause in enumerate(watching):
                if not clause:
                    continue
                if clause[0] == false:
                    clause[0], clause[1] = clause[1], false
                first = clause[0]
                if values[first] <= 0:
                    moved = _moved(clause, values, watches)
                    self._spend(moved or len(clause))
                    if moved:
                        continue
                kept.append(clause)
                if values[first] < 0:
                    kept.extend(watching[position + 1 :])
                    return True
                if values[first] == 0:
                    self._assign(first)
        return False

    def _spend(self, looked_at: int) -> None:
        self._work += looked_at
        if self._work > MAX_WORK:
            raise Refused(f"the proof takes more than {MAX_WORK:,} looks at clauses to check")


def _moved(clause: list[int], values: list[int], watches: list[list[list[int]]]) -> int:
    """Watch another literal in place of the second, which is false: the place it was found at.

    0 if all others are false.
    """
    for place in range(2, len(clause)):
        literal = clause[place]
        if values[literal] >= 0:
            clause[1], clause[place] = literal, clause[1]
            watches[literal].append(clause)
            return place
    return 0
