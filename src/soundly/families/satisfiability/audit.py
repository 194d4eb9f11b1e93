"""What the critic is tried with: near misses, and a twin that goes through all models."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from random import Random

from soundly.families.satisfiability.critic import Assignment

_ODD_WORDS = ("0", "01", "+1", "1.0", "²", "\uff11", "x", "99999999999999999999", "1 or -1", "true")


def near_miss(assignment: Assignment, variables: int, rng: Random) -> Assignment:
    """The assignment after one or two edits. It may still be right."""
    words = list(assignment)
    for _ in range(rng.choice((1, 2))):
        at = rng.randrange(len(words)) if words else 0
        edit = rng.choice(("flip", "flip", "drop", "both", "odd", "beyond", "swap"))
        if edit == "odd" or not words:
            words.insert(at, rng.choice(_ODD_WORDS))
        elif edit == "flip":
            words[at] = _negated(words[at])
        elif edit == "drop":
            del words[at]
        elif edit == "both":
            words.append(_negated(words[at]))
        elif edit == "beyond":
            words[at] = f"{rng.choice(('', '-'))}{variables + 1}"
        else:
            words[at] = str(rng.choice((-1, 1)) * rng.randint(1, variables))
    return tuple(words)


def _negated(word: str) -> str:
    return word[1:] if word.startswith("-") else f"-{word}"


def is_right(text: str, assignment: Assignment) -> bool:
    """Whether all that an assignment leaves open gives a model: each way is looked up.

    Reads the statement by itself. Time and memory grow as two to the power of variables.
    """
    variables, models = _models(text)
    stated: dict[int, bool] = {}
    spelt = {f"{sign}{v}": (v, not sign) for v in range(1, variables + 1) for sign in ("", "-")}
    for word in assignment:
        if word not in spelt:
            return False
        variable, value = spelt[word]
        if stated.setdefault(variable, value) != value:
            return False
    open_to = [(stated[v],) if v in stated else (False, True) for v in range(1, variables + 1)]
    return all(choice in models for choice in product(*open_to))


@lru_cache(maxsize=64)
def _models(text: str) -> tuple[int, frozenset[tuple[bool, ...]]]:
    lines = [line for line in text.splitlines() if line.split() and line.split()[0] != "c"]
    variables = int(lines[0].split()[2])
    pieces = re.split(r"(?<!\S)0(?!\S)", " ".join(lines[1:]))[:-1]
    clauses = [[int(word) for word in piece.split()] for piece in pieces]
    return variables, frozenset(
        choice
        for choice in product((False, True), repeat=variables)
        if all(any(choice[abs(each) - 1] == (each > 0) for each in clause) for clause in clauses)
    )
