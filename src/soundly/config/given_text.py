"""Text that a person gives for an option: the words themselves, or ``@FILE``."""

from __future__ import annotations

from pathlib import Path

from soundly.core.advice import Advice
from soundly.core.augmentation import Template
from soundly.core.errors import UsageError

_FILE = "@"


def template_of(given: str, *, what: str) -> Template:
    """The template that is given; raises `UsageError` for one without a place for the problem."""
    try:
        return Template(_text(given, what), given if given.startswith(_FILE) else "")
    except ValueError as error:
        raise UsageError(f"{what}: {error}") from error


def advice_of(given: str, *, what: str = "advice") -> Advice:
    """The advice that is given; raises `UsageError` where it is empty."""
    source = given.removeprefix(_FILE) if given.startswith(_FILE) else "a person"
    try:
        return Advice(_text(given, what), source)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _text(given: str, what: str) -> str:
    """The words, or what stands in the file; raises `UsageError` for one that cannot be read."""
    if not given.startswith(_FILE):
        return given
    path = Path(given.removeprefix(_FILE))
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{what}: cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{what}: {path} is not UTF-8, wanted text") from error
