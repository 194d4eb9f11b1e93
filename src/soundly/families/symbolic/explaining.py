"""An answer with its explanation: three facts, each found by itself."""

from __future__ import annotations

from soundly.core.candidate import Found
from soundly.core.explanation import Explanation
from soundly.families.symbolic.puzzle import Puzzle, World
from soundly.families.symbolic.reading import read_answer


def explanation(world: World, puzzle: Puzzle, text: str) -> Explanation:
    """Whether the answer is right, whether each stated state is, and whether these lead to it.

    The whole text is read, thinking in tags too. A text without a stated state has no chain to
    judge, and one whose states give no answer, or without an answer, leads nowhere that can be
    judged.
    """
    reading = read_answer(world, text)
    answer = reading.solution if isinstance(reading, Found) else None
    trail = puzzle.follow(text)
    leads = None
    if answer is not None and trail.leads_to is not None:
        leads = answer == trail.leads_to
    return Explanation(
        answer_right=None if answer is None else answer == puzzle.answer,
        chain_right=not trail.faults if trail.steps else None,
        leads_to_answer=leads if trail.steps else None,
        steps=trail.steps,
        faults=trail.faults if trail.steps else (),
    )
