"""Advice: what a person, or a file, says about a problem before it is solved, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from soundly.core.verdict import Decision

_HEADING: Final = "Advice for this problem:"


@dataclass(frozen=True, slots=True)
class Advice:
    """Words that enter every prompt of a session; they guarantee nothing.

    ``source`` is who gave them, as the trace tells it: "a person", or the name of a file.
    """

    text: str
    source: str = "a person"

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError(f"the advice of {self.source} is empty, wanted words")

    @property
    def paragraph(self) -> str:
        """The advice as it stands at the end of a prompt."""
        return f"{_HEADING}\n\n{self.text.strip()}"


@dataclass(frozen=True, slots=True)
class AdviceGiven:
    """The session has advice, from its start on."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class AdviceCompared:
    """What advice changed: one attempt without it, one with it, everything else the same.

    ``reading_changed``: another answer was read, or none where one was, or the other way round.
    ``before`` and ``after`` are the critic's decisions, None where no candidate could be read.
    """

    attempt_without: int
    attempt_with: int
    reading_changed: bool
    before: Decision | None
    after: Decision | None
    part: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.attempt_without < self.attempt_with:
            raise ValueError(
                f"attempts {self.attempt_without} and {self.attempt_with} came, wanted two, the "
                "one without advice first"
            )

    @property
    def verdict_changed(self) -> bool:
        """Whether the critic decided otherwise."""
        return self.before is not self.after
