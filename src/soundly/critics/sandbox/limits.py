"""How much a call in the sandbox may take."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a sandbox: the first three for each call, the others for the whole of it.

    ``max_seconds`` is wall-clock time, and processor time ends within a second of it.
    ``start_seconds`` is for imports, ``max_calls`` after how many calls it begins anew.
    """

    max_seconds: float = 10.0
    max_memory_mb: int = 2048
    max_file_mb: int = 16
    start_seconds: float = 60.0
    max_calls: int = 10_000

    def __post_init__(self) -> None:
        for name in ("max_seconds", "max_memory_mb", "max_file_mb", "start_seconds", "max_calls"):
            value = getattr(self, name)
            if not (value > 0 and math.isfinite(value)):
                raise ValueError(f"{name} is {value}, wanted a number above 0")
