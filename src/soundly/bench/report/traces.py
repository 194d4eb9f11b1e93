"""The way from a number to the traces behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Behind:
    """The sessions behind some numbers: ``place`` is what these link to, ``what`` names them."""

    place: str
    what: tuple[str, ...]
    session_ids: tuple[str, ...]


class Traces:
    """Places in a report's last section, handed out as numbers ask for them."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[str, dict[str, None]]] = {}

    def link(self, what: str, session_ids: Sequence[str]) -> str:
        """The place of these sessions, "" for none; the same sessions have one place."""
        asked = tuple(session_ids)
        if not asked:
            return ""
        place, named = self._found.setdefault(asked, (f"t{len(self._found) + 1}", {}))
        named[what] = None
        return place

    @property
    def entries(self) -> tuple[Behind, ...]:
        """Every place, in the order in which they were asked for."""
        return tuple(
            Behind(place, tuple(named), session_ids)
            for session_ids, (place, named) in self._found.items()
        )
