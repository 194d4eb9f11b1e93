"""Problems as Inspect samples, and back: the statement travels in the metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspect_ai.dataset import Sample
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
)

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.family import Family, PromptStyle
from soundly.core.problem import Problem

PROBLEM_KEY = "soundly_problem"
"""Where a sample's metadata holds the problem."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A sample's problem; ``solvable`` is None where nobody knows."""

    problem: Problem
    solvable: bool | None


def sample_of(
    problem: Problem,
    *,
    family: Family,
    style: PromptStyle = PromptStyle(),
    sample_id: str | None = None,
    solvable: bool | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Sample:
    """The problem as a sample; the input is what the family would ask a model, and nothing else.

    There is no target: the answer is judged, not compared. ``sample_id`` of None takes the
    beginning of the problem's digest. ``metadata`` is kept beside the problem.
    """
    posed = {
        "family": problem.family,
        "name": problem.name,
        "statement": dict(problem.statement),
        "solvable": solvable,
    }
    return Sample(
        input=chat(family.render(problem, style)),
        id=sample_id or problem.digest[:16],
        metadata={**(metadata or {}), PROBLEM_KEY: posed},
    )


def posed_in(metadata: Mapping[str, Any]) -> Posed:
    """The problem that a sample's metadata holds.

    Raises `UsageError` where it holds none, as in a sample that `sample_of` did not make.
    """
    held = metadata.get(PROBLEM_KEY)
    wanted = f"wanted a problem under {PROBLEM_KEY!r} in the sample's metadata"
    if not isinstance(held, Mapping):
        raise UsageError(f"{wanted}, got {type(held).__name__}; make samples with `sample_of`")
    family, name, statement = held.get("family"), held.get("name"), held.get("statement")
    solvable = held.get("solvable")
    if not (isinstance(family, str) and isinstance(name, str) and isinstance(statement, Mapping)):
        raise UsageError(f"{wanted}, with a family, a name and a statement")
    if not all(isinstance(text, str) for pair in statement.items() for text in pair):
        raise UsageError(f"{wanted} whose statement is named texts")
    if solvable is not None and type(solvable) is not bool:
        raise UsageError(f"{wanted} whose 'solvable' is true, false or null, got {solvable!r:.60}")
    try:
        return Posed(Problem(family, name, statement), solvable)
    except ValueError as error:
        raise UsageError(f"{wanted}: {error}") from error


def chat(messages: tuple[Message, ...]) -> list[ChatMessage]:
    """A conversation in Inspect's types."""
    return [_turn(message) for message in messages]


def _turn(message: Message) -> ChatMessage:
    match message.role:
        case "system":
            return ChatMessageSystem(content=message.content)
        case "assistant":
            return ChatMessageAssistant(content=message.content)
        case "user":
            return ChatMessageUser(content=message.content)
