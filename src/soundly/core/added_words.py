"""Words that are added to a conversation: an augmentation, advice, what a person wants beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.notation import Statement


def with_words(messages: Sequence[Message], words: str) -> tuple[Message, ...]:
    """The conversation with a paragraph more at the end of the user's last turn."""
    return reworded(messages, lambda content: f"{content}\n\n{words}")


def reworded(messages: Sequence[Message], change: Callable[[str], str]) -> tuple[Message, ...]:
    """The conversation with the user's last turn changed.

    Raises `UsageError` for a problem in a notation, which has no room for words, and for a
    conversation that does not end with the user's turn.
    """
    *before, last = messages
    if last.role != "user":
        raise UsageError(f"words are added to the user's turn, and the last is the {last.role}'s")
    if in_notation(messages):
        raise UsageError(
            "the model reads problems in a notation, and words cannot be put to it: name a model "
            "that reads text"
        )
    return (*before, Message("user", change(last.content)))


def in_notation(messages: Sequence[Message]) -> bool:
    """Whether a conversation ends with a problem in a notation, for a model that reads no words."""
    content = messages[-1].content
    if not content.startswith("{"):
        return False
    try:
        Statement.parse(content)
    except UsageError:
        return False
    return True
