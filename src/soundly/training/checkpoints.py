"""Checkpoints that are whole or not there: written aside, synced, and renamed into place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from soundly.core.errors import StoreError

_ASIDE = ".writing"


def write_whole(folder: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` fill a folder aside, then put it in the place of ``folder`` in one step.

    A kill at any time leaves the old folder or the new one. Raises `StoreError` where it cannot be
    written, as on a full disk; the old one is then untouched.
    """
    aside = folder.with_name(folder.name + _ASIDE)
    old = folder.with_name(folder.name + ".old")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        write(aside)
        for path in (*sorted(aside.rglob("*")), aside):
            _sync(path)
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
        aside.rename(folder)
        _sync(folder.parent)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        with suppress(OSError):
            shutil.rmtree(aside, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise StoreError(f"cannot write {folder}: {error.strerror or error}") from error


def whole(folder: Path) -> Path | None:
    """The folder that the last `write_whole` left, also after a kill between its two renames."""
    old = folder.with_name(folder.name + ".old")
    if not folder.exists() and old.exists():
        old.rename(folder)
    return folder if folder.is_dir() else None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
