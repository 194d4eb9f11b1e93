"""What a law is, and how it says that it is broken."""

from __future__ import annotations


class LawBroken(AssertionError):  # noqa: N818 - it names a finding about a part, as a failed test
    """A part does not keep a law of its role; the message says which part, and what came."""


def require(kept: bool, message: str) -> None:
    """Raise `LawBroken` with this message unless the law is kept."""
    if not kept:
        raise LawBroken(message)
