"""How fast a training run goes, and how long it still takes, as far as it said what it plans."""

from __future__ import annotations

from collections import deque

from soundly.training.events import Noted, Stepped
from soundly.training.notes import planned_seconds

_WINDOW = 50


class Pace:
    """Takes steps and notes; the newest ``last`` step is None before the first of a stage."""

    def __init__(self) -> None:
        self.last: Stepped | None = None
        self._planned: dict[str, float] = {}
        self._begun: set[str] = set()
        self._recent: deque[Stepped] = deque(maxlen=_WINDOW)

    def note(self, event: Noted) -> bool:
        """Whether it was a plan, which is kept."""
        seconds = planned_seconds(event)
        if seconds is not None:
            self._planned[event.stage] = seconds
        return seconds is not None

    def step(self, event: Stepped) -> None:
        """Take a step; the speed begins anew with a stage, and where a run went back."""
        if self.last and (event.stage != self.last.stage or event.tokens < self.last.tokens):
            self._recent.clear()
        self._begun.add(event.stage)
        self._recent.append(event)
        self.last = event

    @property
    def planned(self) -> float | None:
        """The seconds given to the current stage."""
        return self._planned.get(self.last.stage) if self.last else None

    @property
    def tokens_per_second(self) -> float | None:
        """Over the last 50 steps; None where no time has passed."""
        if self.last is None:
            return None
        first = self._recent[0]
        tokens, seconds = self.last.tokens - first.tokens, self.last.seconds - first.seconds
        if len(self._recent) == 1:
            tokens, seconds = self.last.tokens, self.last.seconds
        return tokens / seconds if seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """Of this stage and of those that are planned and have not begun; None if not said."""
        if self.last is None or self.planned is None:
            return None
        here = max(0.0, self.planned - self.last.seconds)
        return here + sum(
            seconds for stage, seconds in self._planned.items() if stage not in self._begun
        )
