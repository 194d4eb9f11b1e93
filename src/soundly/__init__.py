"""Answers you can depend on: any model proposes, sound critics decide.

The public face is imported on first use, so that ``import soundly`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from soundly._version import __version__

if TYPE_CHECKING:
    from soundly.config.face import explain, load, recheck, run, solve
    from soundly.core.certificate import Certificate
    from soundly.core.errors import SoundlyError
    from soundly.core.explanation import Explanation
    from soundly.core.outcome import Outcome, Status
    from soundly.core.problem import Problem
    from soundly.core.spend import Budget, Spend
    from soundly.routing.asked import Route

_HOMES = {
    "Budget": "soundly.core.spend",
    "Certificate": "soundly.core.certificate",
    "Explanation": "soundly.core.explanation",
    "Outcome": "soundly.core.outcome",
    "Problem": "soundly.core.problem",
    "Route": "soundly.routing.asked",
    "SoundlyError": "soundly.core.errors",
    "Spend": "soundly.core.spend",
    "Status": "soundly.core.outcome",
    "explain": "soundly.config.face",
    "load": "soundly.config.face",
    "recheck": "soundly.config.face",
    "run": "soundly.config.face",
    "solve": "soundly.config.face",
}

__all__ = [
    "Budget",
    "Certificate",
    "Explanation",
    "Outcome",
    "Problem",
    "Route",
    "SoundlyError",
    "Spend",
    "Status",
    "__version__",
    "explain",
    "load",
    "recheck",
    "run",
    "solve",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'soundly' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
