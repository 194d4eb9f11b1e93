"""The sizes that were trained on: as stated, else as the model says, else by the family's split."""

from __future__ import annotations

from soundly.bench.report.by_size import About
from soundly.bench.report.systems import Results, System
from soundly.bench.suites.cell import Cell
from soundly.config.families import make_family
from soundly.config.trained_sizes import trained_on
from soundly.core.errors import UsageError
from soundly.core.family import Draws

Span = tuple[int, int]
"""The smallest and the largest size."""


class KnownSizes:
    """Which sizes were trained on. ``stated`` holds for all models and families.

    Problems from files have sizes of their own, of which nothing else says anything.
    """

    def __init__(self, results: Results, stated: Span | None = None) -> None:
        self._stated = stated
        cells = [each.cell for each in results]
        drawn = {(each.family_name, each.model): each for each in cells if each.given is None}
        self._by_model = {key: _said(cell) for key, cell in drawn.items()}
        self._by_family = {family: _split(family) for family, _ in drawn}
        self._asking = {
            (each.family_name, each.given is not None) for each in cells if each.model is not None
        }

    def largest(self, about: About, system: System) -> int | None:
        """The largest that a system's model was trained on.

        None where nothing says it, and for a system without a model, which was trained on nothing.
        """
        if system.model is None:
            return None
        span = self._stated
        if span is None and not about.from_files:
            said = self._by_model.get((about.family, system.model))
            span = said or self._by_family.get(about.family)
        return None if span is None else span[1]

    def common(self, about: About) -> Span | None:
        """Those that every model says that says anything, else the family's own.

        None where no model was asked.
        """
        if (about.family, about.from_files) not in self._asking:
            return None
        if self._stated is not None or about.from_files:
            return self._stated
        said = {span for (name, _), span in self._by_model.items() if name == about.family and span}
        return said.pop() if len(said) == 1 else self._by_family.get(about.family)


def _said(cell: Cell) -> Span | None:
    """A model that reads a notation knows a family under any names, so also when obfuscated."""
    if cell.model is None:
        return None
    about = trained_on(cell.model)
    return None if about is None else about.sizes(cell.family_name) or about.sizes(cell.family)


def _split(name: str) -> Span | None:
    try:
        family = make_family(name)
    except UsageError:
        # a run from elsewhere may name a plug-in's family; its numbers are shown without shade
        return None
    return (family.dial.smallest, family.dial.trained) if isinstance(family, Draws) else None
