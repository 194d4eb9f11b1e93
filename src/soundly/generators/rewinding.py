"""Models whose answers depend on what they were asked before, and can begin anew."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from soundly.core.completion import Generator


@runtime_checkable
class Rewinds(Protocol):
    """A model that plays answers in an order: a script, a recording.

    Sessions that share one would get each other's answers, in an order that chance decides.
    """

    def rewound(self) -> Generator:
        """The same model as if nobody had asked it yet; it shares no count with this one."""
        ...
