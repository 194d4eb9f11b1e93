"""The sizes that were trained on: as stated, else as the model says, else by the family's split."""

from __future__ import annotations

from soundly.bench.report.systems import Results, System, by_family
from soundly.bench.suites.cell import Cell
from soundly.config.families import make_family
from soundly.config.trained_sizes import trained_on
from soundly.core.errors import UsageError
from soundly.core.family import Draws

Span = tuple[int, int]
"""The smallest and the largest size."""


class KnownSizes:
    """Which sizes of a family were trained on. ``stated`` holds for all models and families."""

    def __init__(self, results: Results, stated: Span | None = None) -> None:
        self._stated = stated
        cells = {(each.cell.family_name, each.cell.model): each.cell for each in results}
        # problems from files have sizes of their own, which are none of the family's
        drawn = {family for (family, _), cell in cells.items() if cell.given is None}
        self._by_family = {
            family: stated or (_split(family) if family in drawn else None)
            for family in by_family(results)
        }
        self._asking = {family for family, model in cells if model is not None}
        self._by_model = {} if stated else {key: _said(cell) for key, cell in cells.items()}

    def largest(self, family: str, system: System) -> int | None:
        """The largest that a system's model was trained on.

        None where nothing says it, and for a system without a model, which was trained on nothing.
        """
        if system.model is None:
            return None
        span = self._by_model.get((family, system.model)) or self._by_family.get(family)
        return None if span is None else span[1]

    def common(self, family: str) -> Span | None:
        """Those that every model says that says anything, else the family's own.

        None where no model was asked.
        """
        if family not in self._asking:
            return None
        said = {span for (name, _), span in self._by_model.items() if name == family and span}
        return said.pop() if len(said) == 1 else self._by_family.get(family)


def _said(cell: Cell) -> Span | None:
    """A model that reads a notation knows a family under any names, so also when obfuscated."""
    if cell.model is None or cell.given is not None:
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
