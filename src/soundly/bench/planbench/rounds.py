"""How many instances are solved after one, two, … rounds of a stored back-prompting conversation.

A conversation is LLM-Modulo's loop as it was run: the model answers, a validator rejects, its words
go back to the model. Every answer is judged again by our critic; the first that it accepts ends the
conversation for us, whatever was said in it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio.from_thread import start_blocking_portal

from soundly.bench.planbench.judged import Judged
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import Oddity
from soundly.bench.planbench.tally import Place
from soundly.bench.planbench.walk import entries_in, judged_in
from soundly.core.errors import UsageError
from soundly.statistics.intervals import Proportion


@dataclass(frozen=True, slots=True)
class Conversation:
    """One instance: how many answers were given, and which of them our critic accepts first.

    ``solved_at`` counts from 1 and is None where none is accepted. ``label`` is the stored verdict
    on the last answer.
    """

    answers: int
    solved_at: int | None
    label: bool | None

    def __post_init__(self) -> None:
        if not 1 <= (1 if self.solved_at is None else self.solved_at) <= self.answers:
            raise ValueError(f"solved at {self.solved_at} of {self.answers} answers")

    @property
    def stopped_unsolved(self) -> bool:
        """Whether it was stopped as solved, and our critic accepts none of its answers."""
        return self.label is True and self.solved_at is None

    @classmethod
    def of(cls, answers: Sequence[Judged]) -> Conversation:
        """The conversation of these answers, in their order."""
        accepted = (number for number, each in enumerate(answers, 1) if each.ruling == "accept")
        return cls(len(answers), next(accepted, None), answers[-1].said.label)


@dataclass(frozen=True, slots=True)
class RoundsCurve:
    """The conversations of one domain and model."""

    set: str
    model: str
    task: str
    conversations: tuple[Conversation, ...]

    def __post_init__(self) -> None:
        if not self.conversations:
            raise ValueError("a curve of no conversation")

    @property
    def rounds(self) -> int:
        """The most answers that a conversation has."""
        return max(each.answers for each in self.conversations)

    def solved_by(self, number: int) -> Proportion:
        """How many of all conversations are solved within this many rounds."""
        solved = sum(
            each.solved_at is not None and each.solved_at <= number for each in self.conversations
        )
        return Proportion(solved, len(self.conversations))

    def open_at(self, number: int) -> int:
        """How many conversations have an answer in this round, and none accepted before it."""
        return sum(
            each.answers >= number and (each.solved_at is None or each.solved_at >= number)
            for each in self.conversations
        )

    def document(self) -> dict[str, Any]:
        """The curve with exact 95% intervals, for programs."""
        points = [(number, self.solved_by(number)) for number in range(1, self.rounds + 1)]
        return {
            "set": self.set,
            "model": self.model,
            "task": self.task,
            "conversations": len(self.conversations),
            "labelled_solved": sum(each.label is True for each in self.conversations),
            "stopped_unsolved": sum(each.stopped_unsolved for each in self.conversations),
            "rounds": [
                {
                    "round": number,
                    "asked": self.open_at(number),
                    "solved": share.count,
                    "of": share.of,
                    "at_least": share.interval()[0],
                    "at_most": share.interval()[1],
                }
                for number, share in points
            ],
        }


def rounds_curves(
    folder: Path, oddities: list[Oddity], *, on_file: Callable[[str], None] = lambda _: None
) -> list[RoundsCurve]:
    """The curve of every file of back-prompting results; faults are appended to ``oddities``.

    Raises `UsageError` where the folder is no PlanBench, or holds no such conversation.
    """
    layout = Layout.of(folder)
    found: dict[Place, list[Conversation]] = {}
    with start_blocking_portal() as portal:
        for entry in entries_in(layout, oddities, wanted=_talks, on_file=on_file):
            if answers := judged_in(entry, portal, oddities):
                found.setdefault(entry.place, []).append(Conversation.of(answers))
    if not found:
        raise UsageError(
            f"{folder} holds no conversation: wanted results of a task named …_backprompting"
        )
    return [
        RoundsCurve(place.set, place.model, place.task, tuple(conversations))
        for place, conversations in sorted(found.items())
    ]


def _talks(task: str) -> bool:
    return "backprompting" in task
