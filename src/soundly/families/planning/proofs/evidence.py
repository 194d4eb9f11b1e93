"""What a prover returns, and the limits it works under."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from soundly.families.planning.pddl import Plan


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that there is no plan.

    ``kind`` names the kernel's checker; ``content`` is the JSON that this checker reads.
    """

    kind: str
    content: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NotProved:
    """No proof was found, which says nothing of the task; ``plan`` is one, if one came up."""

    reason: str
    plan: Plan | None = None

    def __post_init__(self) -> None:
        if not self.reason:
            raise ValueError("a prover that proves nothing says why")


class OutOfReachError(Exception):
    """A limit was met; the prover turns it into `NotProved`."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment after which a prover gives up; ``clock`` counts seconds."""

    max_seconds: float
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        if not self.max_seconds > 0:
            raise ValueError(f"max_seconds has to be above 0, got {self.max_seconds}")
        object.__setattr__(self, "started", self.clock())

    def check(self) -> None:
        """Raises `OutOfReachError` once the time is up."""
        if self.clock() - self.started > self.max_seconds:
            raise OutOfReachError(f"no proof found within {self.max_seconds:g} seconds")
