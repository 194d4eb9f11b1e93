"""From an answer to the plan that it proposes."""

from __future__ import annotations

import re

from soundly.core.candidate import Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.reading.lexicon import Lexicon

_STEP = re.compile(r"\(([^()\n]*)\)")


def read_answer(text: str, lexicon: Lexicon) -> Reading:  # noqa: ARG001
    """The plan that an answer proposes."""
    start = text.rfind("[PLAN]")
    block = text[start:] if start >= 0 else text
    plan = tuple(tuple(match[1].lower().split()) for match in _STEP.finditer(block))
    if not plan:
        return Unreadable(
            Critique("no-plan", "the answer holds no plan", repair="write one action a line")
        )
    return Found(plan, format_plan(plan), block)
