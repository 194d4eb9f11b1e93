"""How many answers ended how, with what broke apart from what was wrong."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.statistics.intervals import Proportion


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers by their end.

    ``right`` and ``wrong`` were judged. ``unreadable`` proposed nothing, "I do not know" included:
    the system did not answer. ``broken`` is where a part failed before there was a judgement, and
    ``refused`` a call that was not made or not served; neither says anything of the system.
    """

    right: int = 0
    wrong: int = 0
    unreadable: int = 0
    broken: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        counts = (self.right, self.wrong, self.unreadable, self.broken, self.refused)
        if any(type(count) is not int or count < 0 for count in counts):
            raise ValueError(f"wanted whole numbers from 0 on, got {self}")

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wrong + other.wrong,
            self.unreadable + other.unreadable,
            self.broken + other.broken,
            self.refused + other.refused,
        )

    @property
    def settled(self) -> int:
        """How many say something of the system."""
        return self.right + self.wrong + self.unreadable

    @property
    def accuracy(self) -> Proportion:
        """The right ones among those that say something of the system."""
        return Proportion(self.right, self.settled)

    @property
    def coverage(self) -> Proportion:
        """The share that was answered (El-Yaniv and Wiener, 2010)."""
        return Proportion(self.right + self.wrong, self.settled)

    @property
    def selective_accuracy(self) -> Proportion:
        """The right ones among those answered: one minus El-Yaniv and Wiener's selective risk."""
        return Proportion(self.right, self.right + self.wrong)
