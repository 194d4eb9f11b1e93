"""How many answers there are, and how our verdicts and their labels compare, by model and task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from soundly.bench.planbench.judged import Judged


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One result file: the table's row."""

    set: str
    task: str
    root: str
    model: str


@dataclass(slots=True)
class Counts:
    """Counts of answers.

    ``answers`` is all that were met; of these ``skipped`` could not be used, and the others are
    each accepted, rejected, claimed (that there is no plan) or unreadable. ``right`` is how many of
    those are labelled right; ``agree`` and ``differ`` compare what has a label.
    """

    answers: int = 0
    accepted: int = 0
    rejected: int = 0
    claimed: int = 0
    unreadable: int = 0
    right: int = 0
    agree: int = 0
    differ: int = 0
    skipped: int = 0

    def add(self, judged: Judged) -> None:
        """Count an answer that was judged."""
        self.answers += 1
        name = {"accept": "accepted", "reject": "rejected"}.get(judged.ruling, judged.ruling)
        setattr(self, name, getattr(self, name) + 1)
        self.right += judged.said.label is True
        self.agree += judged.agrees is True
        self.differ += judged.agrees is False

    def skip(self, number: int = 1) -> None:
        """Count answers that could not be used."""
        self.answers += number
        self.skipped += number

    def document(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


@dataclass(slots=True)
class Tally:
    """The counts of every result file, and the classes of agreement over all of them."""

    rows: dict[Place, Counts] = field(default_factory=dict)
    classes: Counter[str] = field(default_factory=Counter)

    def at(self, place: Place) -> Counts:
        """The counts of one file, to be added to."""
        return self.rows.setdefault(place, Counts())

    @property
    def total(self) -> Counts:
        """All files together."""
        return summed(self.rows.values())

    def document(self) -> dict[str, Any]:
        """As ``summary.json`` says it."""
        return {
            "total": self.total.document(),
            "classes": dict(sorted(self.classes.items())),
            "rows": [
                {**asdict(place), **counts.document()}
                for place, counts in sorted(self.rows.items(), key=lambda row: row[0])
            ],
        }


def summed(counts: Iterable[Counts]) -> Counts:
    """The sum of several counts."""
    total = Counts()
    for each in counts:
        for name, number in each.document().items():
            setattr(total, name, getattr(total, name) + number)
    return total
