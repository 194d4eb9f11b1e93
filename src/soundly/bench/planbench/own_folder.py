"""Whether an import may write into a folder: only over what an import wrote there before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from soundly.bench.planbench.layout import Layout
from soundly.core.errors import UsageError

SUMMARY: Final = "summary.json"
LINES: Final = ("problems.jsonl", "prompts.jsonl", "judged.jsonl", "oddities.jsonl")
_SAID: Final = {"total", "classes", "rows", "problems", "oddities", "logs_not_read", "files"}


def require_own(out: Path, layout: Layout) -> None:
    """Raise `UsageError` where the import would write over a file that no import wrote.

    Its own are those that the folder's summary names, if that is the summary of an import.
    """
    own = _own_files(out / SUMMARY)
    for name in _written(layout):
        path = out / name
        if name not in own and (path.exists() or path.is_symlink()):
            raise UsageError(
                f"{path} is there already, and import-planbench did not write it: "
                "name another folder"
            )


def _own_files(summary: Path) -> set[str]:
    """The files that an earlier import says it wrote; none where that is no import's summary."""
    try:
        said = json.loads(summary.read_bytes())
    except (OSError, ValueError, RecursionError):
        return set()
    if not isinstance(said, dict) or set(said) != _SAID or not isinstance(said["files"], list):
        return set()
    return {name for name in said["files"] if isinstance(name, str)}


def _written(layout: Layout) -> Iterator[str]:
    """The names of all files that an import of these can write."""
    yield from (SUMMARY, *LINES)
    for root in layout.roots:
        for name in root.sets():
            yield f"phrases/{root.name}.{name}.json"
            yield from (f"answers/{path.parent.name}.jsonl" for path in root.results(name))
