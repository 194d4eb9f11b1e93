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
    """Raise `UsageError` where writing a page and others would overwrite what may not be ours.

    A folder whose ``page`` says that Soundly wrote it is ours, with all files; in one without a
    page no file may stand yet.
    """
    if _is_ours(folder / page):
        return
    for name in (page, *others):
        if (folder / name).exists():
            raise UsageError(
                f"{folder / name} does not say that Soundly wrote it, and would be overwritten: "
                "name another folder with --out, or move the file"
            )


def _is_ours(page: Path) -> bool:
    try:
        with page.open("rb") as stream:
            return GENERATOR.encode() in stream.read(_HEAD)
    except OSError:
        return False
