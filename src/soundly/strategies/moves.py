"""Moves: what can be added to a prompt before a model is asked, and who can tell which to add.

Kambhampati's account of how reasoning models may work, by analogy with AlphaGo: what is played are
prompt augmentations, the game is won where the completion is verified, and the model that completes
is the board, which stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.notation import Statement, Words


@dataclass(frozen=True, slots=True)
class Move:
    """Words that are added to a prompt: an instruction, or a string that means nothing.

    A move without words adds none and ends the turn: the model is asked with what was added so far.
    """

    name: str
    words: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError(f"a move needs a name; its words are {self.words!r:.80}")
        if self.words != " ".join(self.words.split()):
            raise ValueError(f"move {self.name}: {self.words!r:.80} has a blank too many")

    @property
    def ends(self) -> bool:
        """Whether nothing is added any more."""
        return not self.words


ANSWER = Move("answer", "")
"""Ask the model now."""

INSTRUCTIONS: tuple[Move, ...] = (
    ANSWER,
    Move("backwards", "Work backwards from what is wanted at the end."),
    Move("clear-first", "First undo whatever stands in the way, then build what is wanted."),
    Move("direct", "Do a thing directly wherever it can be done at once."),
    Move("shortest", "Look for the shortest right answer."),
    Move("track", "Keep track of everything that changes with each step."),
    Move("parts", "Split the problem into parts and solve them one by one."),
    Move("check", "Check the answer against every condition of the problem before you give it."),
)
"""Moves for any problem that is worded for people."""


class MoveGuide(Protocol):
    """What was learnt about moves: which one to try, and how likely it is to win.

    ``prompt`` is the last user message as the family words it, ``taken`` the moves added to it.
    """

    @property
    def moves(self) -> Sequence[Move]:
        """The moves that it knows, in the order of its numbers."""
        ...

    def prior(self, prompt: str, taken: Sequence[Move]) -> Sequence[float]:
        """A probability for each move, in their order."""
        ...

    def value(self, prompt: str, taken: Sequence[Move]) -> Sequence[float]:
        """Q of each move: how likely an accepted completion is behind it, from 0 to 1."""
        ...


def require_moves(moves: Sequence[Move]) -> None:
    """Raise `UsageError` for moves that cannot be told apart, or that never let a model answer."""
    if len({move.name for move in moves}) != len(moves):
        raise UsageError("two moves have one name")
    if sum(move.ends for move in moves) != 1:
        raise UsageError(
            f"{sum(move.ends for move in moves)} moves have no words, wanted one: the one that ends"
        )


def prompt_of(messages: Sequence[Message]) -> str:
    """The message that moves are added to: the last one of the user."""
    return messages[_last(messages)].content


def with_moves(messages: Sequence[Message], moves: Sequence[Move]) -> tuple[Message, ...]:
    """The conversation with the moves' words at the end of the user's last message.

    A statement in a notation gets them as its last words. Raises `UsageError` for a conversation
    in which no user speaks.
    """
    words = [move.words for move in moves if not move.ends]
    place = _last(messages)
    if not words:
        return tuple(messages)
    added = Message("user", _added(messages[place].content, words))
    return (*messages[:place], added, *messages[place + 1 :])


def words_of(prompt: str) -> Words:
    """A prompt as words: those of its statement, or of the text itself."""
    statement = _statement(prompt)
    return tuple(prompt.split()) if statement is None else statement.words


def _last(messages: Sequence[Message]) -> int:
    for place in reversed(range(len(messages))):
        if messages[place].role == "user":
            return place
    raise UsageError("moves are added to what the user says, and no user speaks")


def _added(content: str, words: Sequence[str]) -> str:
    statement = _statement(content)
    if statement is None:
        return "\n\n".join((content, " ".join(words)))
    more = " ".join(words).split(" ")
    try:
        return replace(statement, words=(*statement.words, *more)).message().content
    except ValueError as error:
        raise UsageError(f"a move says what the statement does not know: {error}") from error


def _statement(content: str) -> Statement | None:
    """The statement that a message is, or None for words to people."""
    if not content.startswith("{"):
        return None
    try:
        return Statement.parse(content)
    except UsageError:
        return None
