"""The sizes that a family draws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dial:
    """The sizes that a family draws: from ``smallest``, to train on up to ``trained``.

    Larger ones are "beyond": what was learnt on small instances is tested there.
    """

    smallest: int
    trained: int

    def __post_init__(self) -> None:
        if not 0 < self.smallest <= self.trained:
            raise ValueError(f"wanted 0 < smallest <= trained, got {self}")
