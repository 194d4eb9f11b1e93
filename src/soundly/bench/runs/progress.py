"""How far a run is: counts, spend, rate and the time that is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from soundly.bench.runs.result import CellResult
from soundly.core.spend import Spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A run at one moment.

    ``earlier`` of the ``done`` cells were done before this process began. ``spent`` counts this
    and earlier processes; ``seconds`` this one alone. ``broken`` are the first results of broken
    and refused sessions.
    """

    cells: int
    done: int
    earlier: int
    statuses: Mapping[str, int]
    right: int
    spent: Spend
    seconds: float
    broken: tuple[CellResult, ...] = ()

    @property
    def rate(self) -> float:
        """Cells a second, in this process's time."""
        return (self.done - self.earlier) / self.seconds if self.seconds > 0 else 0.0

    @property
    def left_seconds(self) -> float | None:
        """The time until all cells are done at this rate; None before the first one is."""
        return (self.cells - self.done) / self.rate if self.rate else None


@dataclass(slots=True)
class Counted:
    """Adds results up."""

    cells: int
    earlier: int = 0
    done: int = 0
    right: int = 0
    unusable: int = 0
    not_asked: int = 0
    most_shown: int = 5
    statuses: Counter[str] = field(default_factory=Counter)
    broken: list[CellResult] = field(default_factory=list)

    def add(self, results: Iterable[CellResult], *, earlier: bool = False) -> None:
        """Count results; ``earlier``: they were there when this process began."""
        for result in results:
            self.done += 1
            self.earlier += earlier
            self.right += result.right is True
            self.statuses[result.status] += 1
            if result.counted or earlier:
                continue
            # what was refused before any call shows nothing of whether calls work
            asked = result.status == "broken" or result.spend.calls > 0
            self.unusable += asked
            self.not_asked += not asked
            if len(self.broken) < self.most_shown:
                self.broken.append(result)

    def at(self, spent: Spend, seconds: float) -> Progress:
        """The progress with what was spent so far, after so many seconds."""
        return Progress(
            cells=self.cells,
            done=self.done,
            earlier=self.earlier,
            statuses=dict(self.statuses),
            right=self.right,
            spent=spent,
            seconds=seconds,
            broken=tuple(self.broken),
        )

    @property
    def nothing_works(self) -> bool:
        """Whether everything that this process asked broke or was refused."""
        return 0 < self.done - self.earlier - self.not_asked == self.unusable
