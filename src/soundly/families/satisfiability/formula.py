"""The formula that a statement spells, and its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

NAME = "sat"
MAX_VARIABLES = 1_000_000
MAX_CLAUSES = 1_000_000

Clause: TypeAlias = tuple[int, ...]

_NUMBER = re.compile(r"0|[1-9][0-9]{0,6}")
_LITERAL = re.compile(r"-?[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Formula:
    """Clauses over the variables 1 to ``variables``; a literal is a variable, or minus one."""

    variables: int
    clauses: tuple[Clause, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.variables <= MAX_VARIABLES or len(self.clauses) > MAX_CLAUSES:
            raise ValueError("wanted 1 to 1,000,000 variables and at most 1,000,000 clauses")
        for clause in self.clauses:
            if any(not 1 <= abs(literal) <= self.variables for literal in clause):
                raise ValueError(f"{clause} has a literal that is none of {self.variables}")

    def problem(self, name: str) -> Problem:
        """The formula as a problem, in DIMACS form, one clause a line."""
        lines = [f"p cnf {self.variables} {len(self.clauses)}"]
        lines += [" ".join(map(str, (*clause, 0))) for clause in self.clauses]
        return Problem(NAME, name, {"formula": "\n".join(lines) + "\n"})


@lru_cache(maxsize=256)
def formula_of(problem: Problem) -> Formula:
    """The formula of a problem; raises `ProblemError` for a statement that is none.

    ``p cnf VARIABLES CLAUSES`` comes first; then come exactly as many clauses, each ended by 0, and
    a clause may go over several lines. Lines that begin with the word ``c`` are comments. The ``%``
    at the end of SATLIB's files is not DIMACS, and is refused.
    """
    if set(problem.statement) != {"formula"}:
        came = ", ".join(sorted(problem.statement))
        raise ProblemError(f"a satisfiability problem states formula, and here came {came}")
    lines = [
        (number, words)
        for number, line in enumerate(problem.statement["formula"].split("\n"), start=1)
        if (words := line.split()) and words[0] != "c"
    ]
    if not lines:
        raise _error(1, "the formula is empty, wanted p cnf VARIABLES CLAUSES")
    number, words = lines[0]
    if len(words) != 4 or words[:2] != ["p", "cnf"]:
        raise _error(number, f"{' '.join(words)!r:.60} came, wanted p cnf VARIABLES CLAUSES")
    variables = _within(number, words[2], 1, MAX_VARIABLES, "a number of variables")
    stated = _within(number, words[3], 0, MAX_CLAUSES, "a number of clauses")
    clauses = _clauses(lines[1:], variables)
    if len(clauses) != stated:
        raise _error(number, f"{stated} clauses are stated, and {len(clauses)} are listed")
    return Formula(variables, clauses)


def _clauses(lines: Iterable[tuple[int, list[str]]], variables: int) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    clause: list[int] = []
    number = 1
    for number, words in lines:
        for word in words:
            if word == "0":
                clauses.append(tuple(clause))
                clause = []
            elif _LITERAL.fullmatch(word) and abs(int(word)) <= variables:
                clause.append(int(word))
            else:
                reason = f"{word!r:.40} came, wanted a literal of the variables 1 to {variables}"
                raise _error(number, f"{reason}, or 0 behind a clause")
    if clause:
        raise _error(number, "the last clause is not ended by 0")
    return tuple(clauses)


def _within(number: int, word: str, lowest: int, highest: int, what: str) -> int:
    if not _NUMBER.fullmatch(word) or not lowest <= int(word) <= highest:
        raise _error(number, f"{word!r:.40} came, wanted {what} from {lowest} to {highest}")
    return int(word)


def _error(line: int, reason: str) -> ProblemError:
    return ProblemError(reason, line=line, source="formula")
