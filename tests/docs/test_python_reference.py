"""The page on the Python interface is what signatures and docstrings say."""

from __future__ import annotations

from pathlib import Path

from soundly.config.reference import COMMAND, page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "python.md"


def test_the_reference_is_current() -> None:
    """Where this fails, the message says what to run."""
    assert PAGE.read_text(encoding="utf-8") == page(), f"run: {COMMAND}"
