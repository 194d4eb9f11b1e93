"""Which families follow explanations."""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.core.explanation import Explains
from soundly.core.family import Family


def explaining(family: Family) -> Explains:
    """The family, as one that follows explanations; raises `UsageError` for one that does not."""
    if not isinstance(family, Explains):
        raise UsageError(
            f"family {family.name!r} cannot follow explanations; families of plans, of given "
            "numbers and of symbolic tasks can"
        )
    return family
