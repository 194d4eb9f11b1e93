"""Clauses over named variables, stated in JSON, and Glucose to satisfy them.

::

    {"variables": ["p", "q"], "clauses": ["p q", "-p -q"]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
)
from soundly.core.verdict import Critique
from soundly.solvers.sat import Refuted, Sat, Satisfied, Undecided
from soundly.solvers.translated_json import Document, Mistakes, named, read_document

REQUIRED = ("variables", "clauses")
STATEMENT = "clauses"
"""The field of a problem's statement that holds the JSON."""

MAX_VARIABLES = 20_000
MAX_CLAUSES = 200_000

_NAME = re.compile(r"[A-Za-z_]\w{0,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Names of variables, numbered from 1 in their order, and clauses of signed numbers."""

    variables: Mapping[str, int] = field(hash=False)
    clauses: tuple[tuple[int, ...], ...]

    def unused(self, also_used: Collection[str] = ()) -> list[str]:
        """Variables that stand in no clause and are not ``also_used``."""
        used = {abs(literal) for clause in self.clauses for literal in clause}
        return [
            name
            for name, number in self.variables.items()
            if number not in used and name not in also_used
        ]


def read_clauses(text: str) -> Clauses | tuple[Critique, ...]:
    """The clauses that a text states, or everything that is wrong with it."""
    mistakes = Mistakes()
    document = read_document(text, mistakes, required=REQUIRED)
    found = None if document is None else clauses_in(document, mistakes)
    return tuple(mistakes.found) if found is None or mistakes.found else found


def clauses_in(document: Document, mistakes: Mistakes) -> Clauses:
    """The clauses in an object; what is wrong goes to ``mistakes``, then it is worth nothing."""
    names = _listed(document, "variables", MAX_VARIABLES, mistakes)
    variables: dict[str, int] = {}
    for place, name in enumerate(names):
        where = f"variables[{place}]"
        if not _NAME.fullmatch(name):
            wanted = "a name has letters, digits and _, and begins with no digit"
            mistakes.add("wrong-name", f"found {name!r:.60}; {wanted}", where)
        if name in variables:
            mistakes.add("twice", f"the variable {name!r} is declared twice", where)
        variables.setdefault(name, len(variables) + 1)
    texts = _listed(document, "clauses", MAX_CLAUSES, mistakes)
    clauses = tuple(
        _clause(text, f"clauses[{place}]", variables, mistakes) for place, text in enumerate(texts)
    )
    return Clauses(variables, clauses)


@dataclass(frozen=True, slots=True)
class ClauseSolver:
    """Solves problems whose statement has clauses in JSON under "clauses".

    It finds a JSON object that says for each variable whether it is true. Gives up where python-sat
    (extra ``sat``) is not installed.
    """

    sat: Sat = field(default_factory=Sat)
    name: str = "glucose"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """Truth values as JSON, an assertion that there are none, or why it gave up.

        Raises `ProblemError` for clauses that cannot be read.
        """
        if STATEMENT not in problem.statement:
            return SolverNotForThis(f"{problem.name!r} states no clauses")
        stated = read_clauses(problem.statement[STATEMENT])
        if not isinstance(stated, Clauses):
            raise ProblemError(str(stated[0]), source=STATEMENT)
        match await self.sat.decide(stated.clauses):
            case Satisfied(literals):
                true = {literal for literal in literals if literal > 0}
                values = {name: number in true for name, number in stated.variables.items()}
                return SolverFound(json.dumps(values))
            case Refuted():
                return SolverAsserted("no values satisfy all clauses")
            case Undecided(reason):
                return SolverGaveUp(reason)


def _listed(document: Document, key: str, most: int, mistakes: Mistakes) -> list[str]:
    found = document.get(key, [])
    if not isinstance(found, list) or len(found) > most:
        shown = named(found) if not isinstance(found, list) else f"{len(found):,} entries"
        mistakes.add("wrong-form", f"found {shown}, wanted a list of at most {most:,} texts", key)
        return []
    for place, each in enumerate(found):
        if not isinstance(each, str):
            mistakes.add("wrong-form", f"found {named(each)}, wanted a text", f"{key}[{place}]")
    return [each for each in found if isinstance(each, str)]


def _clause(
    text: str, where: str, variables: Mapping[str, int], mistakes: Mistakes
) -> tuple[int, ...]:
    literals: list[int] = []
    for word in text.split():
        name = word.removeprefix("-")
        if name in variables:
            literals.append(-variables[name] if word.startswith("-") else variables[name])
        else:
            mistakes.unknown("variable", name, where, variables)
    if not text.split():
        message = "an empty clause cannot be satisfied; wanted literals such as p -q"
        mistakes.add("empty-clause", message, where)
    return tuple(literals)
