"""Reading JSON Lines files that people write or a killed process left behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from soundly.core.errors import UsageError


def read_json_lines(path: Path, *, torn_end: bool = False) -> Iterator[tuple[int, object]]:
    """Each value of the file with its line number, counted from 1; blank lines are skipped.

    With ``torn_end``, a last line without its newline that does not parse is left out: a process
    that was killed while writing leaves such a line.

    Raises:
        UsageError: the file cannot be read, or a line is not JSON. Names file and line.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            if torn_end and number == len(lines):
                return
            raise UsageError(f"{path}, line {number}: not JSON: {error}") from error
        yield number, value
