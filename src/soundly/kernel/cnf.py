"""The kinds ``sat`` and ``sat-drat``: a formula in DIMACS form, satisfied, and refuted.

A statement has ``formula``: ``p cnf VARIABLES CLAUSES``, then clauses, each ended by 0, over as
many lines as they like; lines that begin with the word ``c`` are comments. Evidence of a solution
is ``{"literals": [1, -2, …]}``, and variables that it leaves out may have either value. Evidence
that there is none is ``{"proof": "…"}``, in DRAT, every step of it with the property RUP.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from soundly.kernel.amount import amount
from soundly.kernel.drat import check_refutation
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused

MAX_VARIABLES = 1_000_000
MAX_CLAUSES = 1_000_000

_NUMBER = re.compile(r"0|[1-9][0-9]{0,6}")
_LITERAL = re.compile(r"-?[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Cnf:
    """Clauses over the variables 1 to ``variables``."""

    variables: int
    clauses: tuple[tuple[int, ...], ...]


def check_model(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless every clause is true, whatever the variables left out may be."""
    formula = read_cnf(statement)
    (listed,) = fields_of(evidence, "literals")
    true: set[int] = set()
    for literal in list_of(listed, "literals"):
        if not isinstance(literal, int) or isinstance(literal, bool):
            raise Refused(f"{literal!r:.80} is no literal")
        if not 1 <= abs(literal) <= formula.variables:
            raise Refused("a literal is about a variable that there is not")
        if -literal in true:
            raise Refused(f"variable {abs(literal)} is both true and false")
        true.add(literal)
    for number, clause in enumerate(formula.clauses, start=1):
        if true.isdisjoint(clause) and not _always_true(clause):
            raise Refused(f"clause {number} has no true literal")
    clauses = amount(len(formula.clauses), "clause is", "clauses are")
    return f"{clauses} true under values for {amount(len(true), 'variable')}"


def check_unsatisfiable(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the proof refutes the formula."""
    formula = read_cnf(statement)
    (proof,) = fields_of(evidence, "proof")
    if not isinstance(proof, str):
        raise Refused(f"the proof has to be a string, not {type(proof).__name__}")
    steps = check_refutation(formula.variables, formula.clauses, proof)
    clauses = amount(len(formula.clauses), "clause cannot", "clauses cannot all")
    return f"{clauses} be true: refuted in {amount(steps, 'step')}"


def read_cnf(statement: Mapping[str, object]) -> Cnf:
    """The formula that a statement spells."""
    text = statement.get("formula")
    if set(statement) != {"formula"} or not isinstance(text, str):
        raise Refused("the statement has to have the text formula, and no other")
    lines = [words for line in text.split("\n") if (words := line.split()) and words[0] != "c"]
    if not lines or len(lines[0]) != 4 or lines[0][:2] != ["p", "cnf"]:
        raise Refused("the formula has to begin with p cnf VARIABLES CLAUSES")
    variables, stated = (_counted(word) for word in lines[0][2:])
    if not 1 <= variables <= MAX_VARIABLES or stated > MAX_CLAUSES:
        raise Refused("1 to 1000000 variables are read, and up to 1000000 clauses")
    clauses: list[tuple[int, ...]] = []
    clause: list[int] = []
    for word in (word for words in lines[1:] for word in words):
        if word == "0":
            clauses.append(tuple(clause))
            clause = []
        elif _LITERAL.fullmatch(word) and abs(int(word)) <= variables:
            clause.append(int(word))
        else:
            raise Refused(f"{word!r:.80} is no literal of this formula")
    if clause or len(clauses) != stated:
        raise Refused(f"{stated} clauses are stated, and {len(clauses)} are ended by 0")
    return Cnf(variables, tuple(clauses))


def _counted(word: str) -> int:
    if not _NUMBER.fullmatch(word):
        raise Refused(f"{word!r:.80} is no number")
    return int(word)


def _always_true(clause: tuple[int, ...]) -> bool:
    return not {-literal for literal in clause}.isdisjoint(clause)
