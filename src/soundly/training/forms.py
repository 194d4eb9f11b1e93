"""Which problems are one problem, and which are kept from training."""

from __future__ import annotations

import hashlib
import re
from typing import Final, Protocol, runtime_checkable

from soundly.core.errors import UsageError
from soundly.core.family import Draws, Family
from soundly.core.notation import Notated
from soundly.core.problem import Problem
from soundly.core.splits import is_held_out
from soundly.training.subject import form_of

_DRAWN: Final = re.compile(r".*-([0-9]{1,2})-([0-9]{1,18})", re.DOTALL)
"""How the names of drawn problems end: size and seed."""


@runtime_checkable
class HasForms(Protocol):
    """A family that knows when two of its problems are the same one."""

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in names alone."""
        ...


def problem_form(family: Family, problem: Problem) -> str:
    """SHA-256 of the canonical form, in hex; of the statement where the family has no such form.

    Equal for problems of a family that differ in names alone. Raises `ProblemError` for a
    statement that cannot be read.
    """
    known: object = family
    if not isinstance(known, HasForms):
        return problem.digest
    return hashlib.sha256(_spelling(family, known, problem).encode()).hexdigest()


def is_kept_from_training(family: Family, problem: Problem) -> bool:
    """Whether the problem is held out by either of its forms: the family's or its notation's.

    So is one that the family draws beyond the sizes of training; of a problem from elsewhere the
    size is not known. Never for a family without canonical forms.
    """
    known: object = family
    drawn = drawn_as(known, problem)
    if drawn is not None and isinstance(known, Draws) and drawn[0] > known.dial.trained:
        return True
    if isinstance(known, HasForms) and is_held_out(_spelling(family, known, problem)):
        return True
    if not isinstance(known, Notated) or known.notation is None:
        return False
    try:
        return is_held_out(form_of(known.notation.state(problem)))
    except UsageError:  # the notation cannot say it, so nothing that reads it is trained on it
        return False


def _spelling(family: Family, forms: HasForms, problem: Problem) -> str:
    return f"{family.name}\n{forms.canonical_form(problem)}"


def drawn_as(family: object, problem: Problem) -> tuple[int, int] | None:
    """The size and seed that draw a problem; None where it was not drawn, or has another name.

    A drawn problem ends its name with both. Only the very statement drawn again is believed.
    """
    named = _DRAWN.fullmatch(problem.name)
    if named is None or not isinstance(family, Draws):
        return None
    size, seed = int(named[1]), int(named[2])
    try:
        again = family.draw(size=size, seed=seed)
    except UsageError:
        return None
    return (size, seed) if again.digest == problem.digest else None
