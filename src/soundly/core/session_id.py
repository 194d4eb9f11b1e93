"""What can name a session: one plain word, safe in a path, a URL, a database and a shell."""

from __future__ import annotations

import re

_PATTERN = re.compile(r"[A-Za-z0-9._-]{1,100}")


def require_session_id(text: str) -> None:
    """Raise `ValueError` where the text cannot name a session."""
    if not _PATTERN.fullmatch(text):
        raise ValueError(
            f"session id {text[:120]!r}: wanted 1 to 100 of a to z, A to Z, digits, '.', '_', '-'"
        )
