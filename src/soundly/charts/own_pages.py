"""Whether a folder's page is one of ours, which may be written anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from soundly.charts.page import GENERATOR
from soundly.core.errors import UsageError

_HEAD: Final = 4096
"""So far into a page its generator stands, in bytes."""


def require_own(folder: Path, page: str, others: Iterable[str]) -> None:
    """Raise `UsageError` where writing a page and others would overwrite what is not ours.

    A folder whose ``page`` Soundly wrote is ours, with all files; in one without a page no file
    may stand yet.
    """
    if _is_ours(folder / page):
        return
    for name in (page, *others):
        if (folder / name).exists():
            raise UsageError(
                f"{folder / name} was not written by Soundly, and would be overwritten: name "
                "another folder with --out, or move the file"
            )


def _is_ours(page: Path) -> bool:
    try:
        with page.open("rb") as stream:
            return GENERATOR.encode() in stream.read(_HEAD)
    except OSError:
        return False
