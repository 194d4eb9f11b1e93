"""The SHA-256 of large files, remembered so that a start does not read them again."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path


def file_sha256(path: Path, *, cache_directory: Path | None = None) -> str:
    """The SHA-256 of a file, in hex; remembered by its path, size and time of change.

    It tells damaged or exchanged weights from right ones. It is no defence against someone who
    can write to the cache or forge times. A cache that cannot be read or written is done without.

    Raises:
        OSError: the file itself cannot be read.
    """
    directory = cache_directory or user_cache_path("soundly") / "digests"
    path = path.resolve()
    stat = path.stat()
    key = hashlib.sha256(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}".encode()).hexdigest()
    memory = directory / f"{key}.json"
    known = _remembered(memory)
    if known is not None:
        return known
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with suppress(OSError):
        _remember(memory, digest)
    return digest


def _remembered(memory: Path) -> str | None:
    try:
        digest = json.loads(memory.read_text())
    except (OSError, ValueError):
        return None
    return digest if isinstance(digest, str) and len(digest) == 64 else None


def _remember(memory: Path, digest: str) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(digest))
