"""What searches over partial solutions write into a trace."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.verdict import Critique


@dataclass(frozen=True, slots=True)
class StepsProposed:
    """A model was asked to go on from a prefix, and this became of its steps.

    ``standing`` is how many steps stood before, ``proposed`` how many came, and ``kept`` how many
    of those stand. ``critiques`` say why the step behind them does not; there are none where all
    were kept, or no more were wanted.
    """

    standing: int
    proposed: int
    kept: int
    critiques: tuple[Critique, ...]
    part: str = ""

    def __post_init__(self) -> None:
        if self.standing < 0 or not 0 <= self.kept <= self.proposed:
            raise ValueError(
                f"{self.kept} of {self.proposed} steps kept behind {self.standing}: no such counts"
            )
