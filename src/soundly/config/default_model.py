"""Which model proposes where none is named: the one that was trained for it, if there is one."""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.core.family import Family
from soundly.core.notation import Notated
from soundly.core.problem import Problem
from soundly.generators import blocksworld_tiny

GENERAL = "smollm2"


def default_model(problem: Problem, family: Family) -> str:
    """The name of the proposer that comes with the package where it can read the problem.

    That is Blocksworld, whatever its words are, with goals about what stands on what. Everything
    else goes to the small general model.
    """
    notation = family.notation if isinstance(family, Notated) else None
    if notation is None or notation.name != blocksworld_tiny.NOTATION:
        return GENERAL
    try:
        notation.state(problem)
    except UsageError:
        return GENERAL
    return blocksworld_tiny.NAME
