"""The critic of assignments: every fault at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.satisfiability.formula import Clause, Formula, formula_of

Assignment: TypeAlias = tuple[str, ...]
"""An answer as read: literals in the order of their variables, then words that are none."""

_LITERAL = re.compile(r"-?[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class SatCritic:
    """Accepts exactly the answers under which every clause is true.

    An answer may leave variables out: then every clause has to be true whatever they are. So a
    clause counts as true if a literal of it is stated, or if it has a variable with both signs. A
    rejection lists every word that is no literal, every variable that is both true and false, every
    clause whose literals are all false, and every clause that is left open.
    """

    name: str = "sat"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no assignment."""
        return check(formula_of(problem), assignment_of(candidate))


def assignment_of(candidate: Candidate) -> Assignment:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not isinstance(solution, tuple):
        raise CriticError(f"an assignment is a tuple of words, not a {type(solution).__name__}")
    for word in solution:
        if not isinstance(word, str):
            raise CriticError(f"an assignment has words, not {word!r:.80}")
    return solution


def check(formula: Formula, assignment: Assignment) -> Verdict:
    """The verdict on an assignment for this formula."""
    critiques: list[Critique] = []
    true: set[int] = set()
    for word in assignment:
        if not _LITERAL.fullmatch(word):
            message = f"{word!r:.80} is no literal, as in 3 for true or -3 for false"
            critiques.append(Critique("unclear-word", message))
        elif abs(int(word)) > formula.variables:
            message = f"{word} is about no variable: they are 1 to {formula.variables}"
            critiques.append(Critique("unknown-variable", message))
        else:
            true.add(int(word))
    both = sorted(literal for literal in true if literal > 0 and -literal in true)
    for variable in both:
        message = "it is stated both true and false"
        critiques.append(Critique("contradiction", message, where=f"variable {variable}"))
    true -= {sign * variable for variable in both for sign in (-1, 1)}
    critiques += _not_true(formula, true)
    return reject(*critiques) if critiques else ACCEPT


def _not_true(formula: Formula, true: Collection[int]) -> Iterator[Critique]:
    """One critique for each clause that is false or left open."""
    faulty = [
        (number, clause)
        for number, clause in enumerate(formula.clauses, start=1)
        if not (_always_true(clause) or any(literal in true for literal in clause))
    ]
    needed = _needed(formula, true) if faulty else frozenset()
    for number, clause in faulty:
        shown, where = " ".join(map(str, clause)), f"clause {number}"
        missing = [abs(literal) for literal in clause if -literal not in true]
        if missing:
            named = ", ".join(map(str, dict.fromkeys(missing)))
            message = f"({shown:.80}) is left open: no literal of it is true, {named} has no value"
            repair = f"state {next(each for each in clause if abs(each) == missing[0])}"
            yield Critique("clause-open", message, where=where, repair=repair)
            continue
        free = next((each for each in clause if -each not in needed), None)
        mend = None if free is None else f"no true clause needs {-free}: make it {free}"
        message = f"({shown:.80}) is false: so is every literal of it"
        yield Critique("clause-false", message, where=where, repair=mend)


def _needed(formula: Formula, true: Collection[int]) -> frozenset[int]:
    """The literals that are the only true one of some clause."""
    needed: set[int] = set()
    for clause in formula.clauses:
        if not _always_true(clause):
            holding = {literal for literal in clause if literal in true}
            if len(holding) == 1:
                needed |= holding
    return frozenset(needed)


def _always_true(clause: Clause) -> bool:
    return not {-literal for literal in clause}.isdisjoint(clause)
