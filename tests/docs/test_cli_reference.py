"""The page on the command line is what the commands say of themselves."""

from __future__ import annotations

from pathlib import Path

from soundly.cli.reference import COMMAND, page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"


def test_the_reference_is_current():
    """Where this fails, the message says what to run."""
    assert PAGE.read_text(encoding="utf-8") == page(), f"run: {COMMAND}"
