"""A person who says what was written down before, for tests of whatever asks people."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.lowlevel

from soundly.critics.human import Leave, Question, Reply


class ScriptedPerson:
    """Gives its replies in turn and then leaves; ``asked`` are the questions so far."""

    def __init__(self, replies: Sequence[Reply] = ()) -> None:
        self._replies = iter(replies)
        self.asked: list[Question] = []

    async def ask(self, question: Question) -> Reply:
        """The next reply; `Leave` when they have run out."""
        await anyio.lowlevel.checkpoint()
        self.asked.append(question)
        return next(self._replies, Leave())
