"""Notes that are read again: what a stage is given, and which sizes a model was trained on.

Both are `Noted` events in plain words, so that a person who opens the file reads them too:

- ``planned: 300 seconds``, with the stage that they are given to. Said before the first step of
  all, for every stage, it lets a display say how long the whole run takes. A run that is taken up
  again says it anew, for the stages that are left.
- ``trained sizes 3 to 8``, with the stage "data", both ends included. Charts shade what lies
  beyond. Several such notes are taken together, from the least to the greatest size.
"""

from __future__ import annotations

import re
from typing import Final

from soundly.training.events import Noted

DATA: Final = "data"
"""The stage of a note on the data of a run."""

_PLANNED: Final = re.compile(r"planned: ([0-9]+(?:\.[0-9]+)?) seconds")
_TRAINED: Final = re.compile(r"trained sizes ([0-9]+) to ([0-9]+)")


def planned(stage: str, seconds: float) -> Noted:
    """A note that a stage is given so many seconds.

    >>> planned("sft", 300).text
    'planned: 300 seconds'
    """
    return Noted(stage, f"planned: {seconds:.1f}".removesuffix(".0") + " seconds")


def planned_seconds(note: Noted) -> float | None:
    """The seconds that a note plans for its stage; None for any other note."""
    found = _PLANNED.fullmatch(note.text)
    return float(found[1]) if found else None


def trained(smallest: int, largest: int) -> Noted:
    """A note that a model was trained on instances of these sizes.

    >>> trained(3, 8).text
    'trained sizes 3 to 8'
    """
    return Noted(DATA, f"trained sizes {smallest} to {largest}")


def trained_sizes(note: Noted) -> tuple[int, int] | None:
    """The smallest and the largest size that a note names; None for any other note."""
    found = _TRAINED.fullmatch(note.text) if note.stage == DATA else None
    return (int(found[1]), int(found[2])) if found else None
