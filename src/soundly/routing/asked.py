"""What is asked of a router."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from soundly.core.routing import Unit


@dataclass(frozen=True, slots=True)
class Route:
    """Send the problem to the cheapest model and strategy that earlier sessions show to be enough.

    ``coverage`` is the share of sessions that have to end solved or proved unsolvable, and
    ``confidence`` how sure that has to be. ``prefer`` is the unit in which costs are compared; by
    default it is dollars where every price is known and something costs any, else tokens, and
    seconds where nothing costs tokens either. Nothing is chosen from fewer than ``least_sessions``
    sessions. ``store`` is the file or URL to learn from, by default the user's own store.
    """

    coverage: float = 0.95
    confidence: float = 0.95
    prefer: Unit | None = None
    least_sessions: int = 20
    store: str | Path | None = None

    def __post_init__(self) -> None:
        for name in ("coverage", "confidence"):
            value = getattr(self, name)
            if not 0 < value < 1:
                raise ValueError(f"route: {name} is {value:g}, wanted a number between 0 and 1")
        if self.prefer not in (None, "dollars", "tokens", "seconds"):
            raise ValueError(
                f"route: prefer is {self.prefer!r:.40}, wanted dollars, tokens or seconds"
            )
        if self.least_sessions < 1:
            raise ValueError(f"route: least_sessions is {self.least_sessions}, wanted 1 or more")
