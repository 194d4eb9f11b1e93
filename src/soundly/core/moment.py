"""Moments as text: one spelling for each, so that the order of texts is the order of times."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds; a moment without a zone counts as local time.

    Example:
        >>> utc_text(datetime.fromisoformat("2026-01-31T12:30:00+01:00"))
        '2026-01-31T11:30:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def is_utc_text(text: str) -> bool:
    """Whether the text is what `utc_text` writes for some moment."""
    try:
        return utc_text(datetime.fromisoformat(text)) == text
    except (ValueError, OverflowError):
        return False
