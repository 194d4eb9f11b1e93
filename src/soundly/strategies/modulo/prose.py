"""What takes a model that reads and writes prose, and is refused to one that reads a notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soundly.core.added_words import in_notation
from soundly.core.completion import Message
from soundly.core.errors import UsageError


def require_prose(problem: Sequence[Message], wanted: Mapping[str, bool], *, strategy: str) -> None:
    """Raise `UsageError` where an option wants prose and the problem is put in a notation."""
    chosen = [option for option, taken in wanted.items() if taken]
    if chosen and in_notation(problem):
        raise UsageError(
            f"{strategy}: {chosen[0]} asks the model in words, and this one reads a notation; "
            "leave it out, or give a learned score as judge in Python"
        )
