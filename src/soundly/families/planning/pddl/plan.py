"""Plans as text: one action a line."""

from __future__ import annotations

import re
from typing import TypeAlias

from soundly.core.errors import ProblemError
from soundly.families.planning.pddl.reader import lower
from soundly.families.planning.pddl.syntax import format_atom

Step: TypeAlias = tuple[str, ...]
"""One ground action: its name and its arguments, lower-case: ``("stack", "a", "b")``."""

Plan: TypeAlias = tuple[Step, ...]
"""Ground actions in the order of their execution."""

_LINE = re.compile(r"(?:(\d{1,9}):)?\s*\(\s*([a-z0-9_\-]+(?:\s+[a-z0-9_\-]+)*)?\s*\)\s*")


def parse_plan(text: str) -> Plan:
    """The plan a text states: one ``(name argument …)`` a line.

    Empty lines and comments (``;`` to the end of the line) are skipped; a line may begin with its
    number (``0: (pick-up a)``), and then every line must, counting up by one from 0 or 1. Times and
    durations (``0.001: (fly a) [3.0]``) are refused: they belong to temporal plans. Whether the
    actions exist and can run is the validator's to say; ``()`` is read as the empty action.

    Errors: `ProblemError` with the line.
    """
    steps: list[Step] = []
    first: int | None = None
    for number, line in enumerate(lower(text).split("\n"), start=1):
        content = line.partition(";")[0].strip()
        if not content:
            continue
        match = _LINE.fullmatch(content)
        if match is None:
            found = content if len(content) <= 60 else content[:59] + "…"
            message = f"expected one action such as (pick-up a), found {found!r}"
            raise ProblemError(message, line=number, source="plan")
        counter = None if match[1] is None else int(match[1]) - len(steps)
        if not steps:
            first = counter
        if counter != first or counter not in {None, 0, 1}:
            message = "expected step numbers that count up from 0 or 1, on every line or on none"
            raise ProblemError(message, line=number, source="plan")
        steps.append(tuple((match[2] or "").split()))
    return tuple(steps)


def format_plan(plan: Plan) -> str:
    """The plan as text, one action a line, that `parse_plan` reads back."""
    return "".join(f"{format_atom(step)}\n" for step in plan)
