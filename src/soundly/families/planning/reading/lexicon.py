"""What a reader of answers knows of the problem: names of actions and objects, and their words."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.families.planning.pddl import Task
from soundly.families.planning.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names and phrases that may stand in an answer."""

    task: Task
    phrases: Phrases

    @classmethod
    def of(cls, task: Task, phrases: Phrases) -> Lexicon:
        """The lexicon of a task."""
        return cls(task, phrases)
