"""Telling a solver that lacks a package from one that has no answer."""

from __future__ import annotations

import re

from soundly.core.errors import FamilyError
from soundly.core.solver import SolverAnswer, SolverGaveUp

_NOT_INSTALLED = re.compile(r"\S+ is not installed: pip install \S")


class ExtraMissingError(FamilyError):
    """A family's solver needs a package that is not there; nothing is wrong with the family.

    The message names the package and the line that installs it.
    """


def missing_extra(answer: SolverAnswer) -> str | None:
    """Which package a solver lacks, and the line that installs it; None where it lacks none.

    A solver says so by giving up with ``NAME is not installed: pip install …``, which is how every
    solver of ours that needs an extra says it.
    """
    if isinstance(answer, SolverGaveUp) and _NOT_INSTALLED.match(answer.reason):
        return answer.reason
    return None
