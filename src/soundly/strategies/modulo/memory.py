"""What the model sees of the rounds before, besides the problem."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.completion import Message
from soundly.strategies.modulo.aside import Aside
from soundly.strategies.modulo.options import History

_SUMMARISE = (
    "Below is what came of answers to a problem: first a summary of earlier ones, if there were "
    "any, then one answer with what its critics said. Say in a few sentences what was tried, what "
    "was wrong with it, and what must not be tried again; nothing else."
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer and the back-prompt that it brought."""

    answer: Message
    back_prompt: Message


class Memory:
    """The rounds that are shown, as messages that alternate and end with the user.

    ``summarised`` shows the last round, and the model's summary of those before: one call for each
    round that becomes too old, so none before the third.
    """

    def __init__(self, history: History, aside: Aside) -> None:
        self._history = history
        self._aside = aside
        self._exchanges: list[Exchange] = []
        self._summary = ""

    @property
    def shown(self) -> tuple[Message, ...]:
        """The conversation after the problem."""
        messages = [m for each in self._exchanges for m in (each.answer, each.back_prompt)]
        if messages and self._summary:
            text = f"{messages[-1].content}\n\nWhat came of earlier answers:\n{self._summary}"
            messages[-1] = Message("user", text)
        return tuple(messages)

    async def add(self, exchange: Exchange) -> None:
        """Remember a round; with ``summarised`` the one before it is folded into the summary."""
        match self._history:
            case "none":
                return
            case "all":
                self._exchanges.append(exchange)
            case "last":
                self._exchanges = [exchange]
            case "summarised":
                for old in self._exchanges:
                    self._summary = await self._folded(old)
                self._exchanges = [exchange]

    async def _folded(self, old: Exchange) -> str:
        """The summary with one round more; the one so far where the model says nothing."""
        earlier = f"Earlier:\n{self._summary}\n\n" if self._summary else ""
        text = (
            f"{_SUMMARISE}\n\n{earlier}Answer:\n{old.answer.content}\n\n"
            f"Critics:\n{old.back_prompt.content}"
        )
        said = (await self._aside.ask((Message("user", text),))).text.strip()
        return said or self._summary
