"""Every failure Soundly raises, in one tree.

::

    SoundlyError
    ├── UsageError             what came in cannot be used; the caller can mend it     exit 2
    │   ├── ProblemError       a problem statement that cannot be read or is unsupported
    │   ├── UnknownNameError   a name that no registry entry carries
    │   └── CredentialError    a key that is not set
    ├── PartError              a part broke; never a verdict, a score or a reward      exit 30
    │   ├── GeneratorError     a model did not answer
    │   ├── CriticError        a critic could not judge
    │   ├── FamilyError        a family could not render, read or certify
    │   ├── SolverError        a solver crashed or printed nonsense
    │   ├── StrategyError      a strategy failed for a reason of its own
    │   ├── StoreError         traces could not be written or read
    │   └── PluginError        a plug-in does not import, or claims a taken name
    └── CertificateError       a certificate that does not hold                        exit 11

Stop signals are not failures and do not end in ``Error``: see `BudgetExhausted`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from soundly.core.session_record import SessionRecord

_MOST_NAMES = 8
_LISTED_BY = {"family": "soundly families", "model provider": "soundly models"}


class SoundlyError(Exception):
    """The root. ``record``: what was traced and spent when the failure ended a session."""

    record: SessionRecord | None = None


class UsageError(SoundlyError):
    """Input that cannot be used: the message says what was wrong, what came and what was wanted."""


class ProblemError(UsageError):
    """A problem statement that cannot be read.

    ``line`` and ``column`` count from 1; ``source`` names the text ("domain", "problem", a path).
    """

    def __init__(
        self,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        source: str | None = None,
    ) -> None:
        where = [source] if source else []
        if line is not None:
            where.append(f"line {line}" if column is None else f"line {line}, column {column}")
        super().__init__(f"{', '.join(where)}: {message}" if where else message)
        self.reason = message
        self.line = line
        self.column = column
        self.source = source


class UnknownNameError(UsageError):
    """A name that no registry entry carries; the message lists the nearest right ones.

    Where none is near it lists eight at most, and says how many more there are and, for families
    and models, which command lists them.
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=3, cutoff=0.5)
        if near:
            hint = f"did you mean {', '.join(near)}?"
        else:
            hint = f"there are {_some(what, names)}" if names else "none is installed"
        super().__init__(f"unknown {what} {name!r}; {hint}")
        self.name = name


def _some(what: str, names: Sequence[str]) -> str:
    """All names where they are few, else the first eight and the number of the others."""
    more = len(names) - _MOST_NAMES
    if more <= 0:
        return ", ".join(names)
    listed = f"; see {_LISTED_BY[what]}" if what in _LISTED_BY else ""
    return f"{', '.join(names[:_MOST_NAMES])} … and {more} more{listed}"


class CredentialError(UsageError):
    """A key that is not set; the message names the variable."""


class PartError(SoundlyError):
    """A part broke. It never becomes a verdict, a score or a reward."""


class GeneratorError(PartError):
    """A model did not answer.

    ``retryable``: trying again may help (429, 5xx, a timeout, a truncated body).
    ``retry_after_seconds``: what the provider asked for, or None.
    ``billed``: False only when it is known that the try cost nothing (refused before any work);
    a try of unknown cost is booked at its upper bound.
    """

    def __init__(
        self,
        message: str,
        *,
        retryable: bool = False,
        retry_after_seconds: float | None = None,
        billed: bool = True,
    ) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after_seconds = retry_after_seconds
        self.billed = billed


class CriticError(PartError):
    """A critic could not judge. This says nothing of the candidate."""


class FamilyError(PartError):
    """A family could not render a problem, read an answer or write a certificate."""


class SolverError(PartError):
    """A solver crashed, could not start, or answered in a form that cannot be read."""


class StrategyError(PartError):
    """A strategy failed for a reason of its own."""


class StoreError(PartError):
    """Traces could not be written or read."""


class PluginError(PartError):
    """A plug-in does not import, or claims a name that is taken; names the distribution."""


class CertificateError(SoundlyError):
    """A certificate that does not hold; the message says why."""


class BudgetExhausted(Exception):  # noqa: N818 - a stop signal, not an error
    """A stop signal: the next purchase could break a limit, so it was not made.

    ``limit`` is one of "calls", "tokens", "seconds", "dollars"; ``wanted`` is what the refused
    purchase could have brought the total to.
    """

    def __init__(self, limit: str, *, maximum: float, wanted: float) -> None:
        super().__init__(
            f"budget spent: {limit} limit {maximum:g}, the next step could reach {wanted:g}"
        )
        self.limit = limit
        self.maximum = maximum
        self.wanted = wanted
