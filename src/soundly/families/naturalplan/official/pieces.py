"""What reading the three kinds of official prompts has in common: the task, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soundly.core.errors import ProblemError

_FIGURE = re.compile(r"[0-9]")


def last_task(prompt: str, mark: re.Pattern[str]) -> str:
    """What stands from the last mark on: in a prompt with worked examples, the task itself."""
    last = None
    for match in mark.finditer(prompt):
        last = match
    if last is None:
        raise ProblemError(f"{prompt!r:.60} has no {mark.pattern!r}, with which a task begins")
    return prompt[last.start() :]


def require_no_fact(sentence: str, names: Iterable[str]) -> None:
    """Refuses a sentence that nothing was made of, if it has a figure or a name of the task."""
    if not _FIGURE.search(sentence) and not any(name in sentence for name in names):
        return
    raise ProblemError(f"{sentence.strip()!r:.120} states something that is not understood")
