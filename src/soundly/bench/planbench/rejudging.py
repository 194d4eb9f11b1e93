"""How often each model was right by our verdict and by the stored label, domain by domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anyio.from_thread import start_blocking_portal

from soundly.bench.planbench.judged import UNLABELLED, Judged
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import Oddity
from soundly.bench.planbench.walk import entries_in, judged_in
from soundly.statistics.intervals import Proportion


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """A row: one model's answers of one domain, to all tasks or to one."""

    set: str
    model: str
    task: str | None = None


@dataclass(slots=True)
class Verdicts:
    """Counts of one row; of a conversation the last answer counts.

    ``ours`` is how many we accept. ``labelled`` answers have a stored label, and ``theirs`` is how
    many of these are labelled right. ``unreadable`` and ``claimed`` (that there is no plan) are not
    accepted. ``skipped`` could not be judged and is no part of ``answers``. ``differences`` counts
    the classes in which verdict and label differ.
    """

    answers: int = 0
    ours: int = 0
    labelled: int = 0
    theirs: int = 0
    unreadable: int = 0
    claimed: int = 0
    skipped: int = 0
    differences: Counter[str] = field(default_factory=Counter)

    def add(self, judged: Judged) -> None:
        """Count one answer."""
        self.answers += 1
        self.ours += judged.ruling == "accept"
        self.unreadable += judged.ruling == "unreadable"
        self.claimed += judged.ruling == "claimed"
        self.labelled += judged.found != UNLABELLED
        self.theirs += judged.said.label is True
        if judged.agrees is False:
            self.differences[judged.found] += 1

    def merge(self, other: Verdicts) -> None:
        """Add the counts of another row."""
        for name in ("answers", "ours", "labelled", "theirs", "unreadable", "claimed", "skipped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.differences.update(other.differences)

    @property
    def accuracy(self) -> Proportion:
        """What we accept, of all that was judged."""
        return Proportion(self.ours, self.answers)

    @property
    def label_accuracy(self) -> Proportion:
        """What is labelled right, of all that has a label."""
        return Proportion(self.theirs, self.labelled)

    def document(self) -> dict[str, Any]:
        """The counts and both shares with exact 95% intervals, null where nothing was counted."""
        return {
            "answers": self.answers,
            "ours": _share(self.accuracy),
            "theirs": _share(self.label_accuracy),
            "unreadable": self.unreadable,
            "claimed": self.claimed,
            "skipped": self.skipped,
            "differences": dict(sorted(self.differences.items())),
        }


@dataclass(slots=True)
class Rejudged:
    """The rows, and what was wrong with the files."""

    rows: dict[Group, Verdicts] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)

    @property
    def total(self) -> Verdicts:
        """All rows together."""
        total = Verdicts()
        for row in self.rows.values():
            total.merge(row)
        return total

    def document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "total": self.total.document(),
            "rows": [
                {"set": group.set, "model": group.model, "task": group.task, **row.document()}
                for group, row in sorted(self.rows.items(), key=lambda item: _order(item[0]))
            ],
            "oddities": [oddity.document() for oddity in self.oddities],
        }


def rejudge(
    folder: Path, *, by_task: bool = False, on_file: Callable[[str], None] = lambda _: None
) -> Rejudged:
    """Judge every stored answer of a PlanBench folder, and count by domain and model.

    With ``by_task`` there is a row for each task of these. Raises `UsageError` where the folder is
    no PlanBench; a file or an entry at fault is an oddity of the result, and the rest goes on.
    """
    layout, found = Layout.of(folder), Rejudged()
    with start_blocking_portal() as portal:
        for entry in entries_in(layout, found.oddities, on_file=on_file):
            place = entry.place
            group = Group(place.set, place.model, place.task if by_task else None)
            row = found.rows.setdefault(group, Verdicts())
            judged = judged_in(entry, portal, found.oddities)
            if judged:
                row.add(judged[-1])
            else:
                row.skipped += 1
    return found


def _order(group: Group) -> tuple[str, str, str]:
    return group.set, group.model, group.task or ""


def _share(share: Proportion) -> dict[str, Any]:
    low, high = share.interval()
    return {
        "count": share.count,
        "of": share.of,
        "share": share.count / share.of if share.of else None,
        "at_least": low,
        "at_most": high,
    }
