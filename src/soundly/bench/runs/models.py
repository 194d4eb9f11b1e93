"""The models of a run: each opened once, those of one provider under one limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from soundly.bench.suites.asked import priced, problem_of, strategy_of
from soundly.bench.suites.bounds import first_quote
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Price
from soundly.config.families import make_family
from soundly.config.generators import OpenModel, open_model
from soundly.core.completion import Generator
from soundly.core.errors import UsageError
from soundly.generators.cache import Identified
from soundly.generators.digests import file_sha256
from soundly.generators.limit import AdaptiveLimit
from soundly.generators.rewinding import Rewinds


class Models:
    """Opens models when they are asked for and closes them at the end.

    Models of one provider share one adaptive limit on the calls under way. A model that plays
    answers in an order begins anew for each session, so no session gets another's.
    """

    def __init__(self, prices: Iterable[Price] = ()) -> None:
        self._prices = tuple(prices)
        self._open: dict[str, OpenModel] = {}
        self._free: dict[str, bool] = {}
        self._limits: defaultdict[str, AdaptiveLimit] = defaultdict(AdaptiveLimit)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def of(self, cell: Cell) -> Generator | None:
        """The cell's model, ready for one session; None where it asks none.

        Raises as `open_model` does.
        """
        if cell.model is None:
            return None
        generator = self._opened(cell.model).generator
        return generator.rewound() if isinstance(generator, Rewinds) else generator

    def open_all(self, cells: Iterable[Cell]) -> dict[str, str]:
        """Open every model that is asked; gives what tells each from others of its name.

        Models that say nothing of themselves and are no file are not among them. Raises as
        `open_model` does.
        """
        named = dict.fromkeys(cell.model for cell in cells if cell.model is not None)
        found = {model: _identity(model, self._opened(model).bare) for model in named}
        return {model: identity for model, identity in found.items() if identity is not None}

    def is_free(self, cell: Cell) -> bool:
        """Whether the cell's calls cost nobody anything: no model, or one at home.

        True also for a problem that cannot be put to the model: nothing is asked then.
        """
        if cell.model is None:
            return True
        if cell.model not in self._free:
            try:
                self._free[cell.model] = self._first_dollars(cell) == 0
            except UsageError:
                return True
        return self._free[cell.model]

    def require_prices(self, cells: Iterable[Cell], *, dollars: float | None) -> None:
        """Raise `UsageError` for a model without a price where dollars are limited.

        ``dollars`` is the limit of the whole run; each cell has its own beside it.
        """
        asked: set[str] = set()
        for cell in cells:
            limited = dollars is not None or cell.budget.dollars is not None
            if cell.model is None or cell.model in asked or not limited:
                continue
            try:
                unknown = self._first_dollars(cell) is None
            except UsageError:
                continue  # nothing is asked of the model
            asked.add(cell.model)
            if unknown:
                raise UsageError(
                    f"the budget is in dollars and model {cell.model} has no known price; give it "
                    f"with --price '{cell.model}=IN,OUT' in dollars for a million tokens, or limit "
                    "calls or tokens instead"
                )

    async def aclose(self) -> None:
        """Close every model that was opened."""
        while self._open:
            _, model = self._open.popitem()
            await model.aclose()

    def _first_dollars(self, cell: Cell) -> float | None:
        """The price of the cell's first call at its bound; None where no price is known."""
        generator = self.of(cell)
        if generator is None:
            return 0.0
        family = make_family(cell.family_name)
        quote = first_quote(strategy_of(cell), generator, family, problem_of(cell))
        return 0.0 if quote is None else quote.dollars

    def _opened(self, model: str) -> OpenModel:
        if model not in self._open:
            limit = self._limits[model.partition(":")[0]]
            self._open[model] = open_model(priced(model, self._prices), limit=limit)
        return self._open[model]


def _identity(model: str, bare: Generator) -> str | None:
    """What the model says of itself, else the digest of the file that it is named after."""
    if isinstance(bare, Identified):
        return bare.identity
    path = Path(model.partition("?")[0].partition(":")[2])
    return f"sha256={file_sha256(path)}" if path.is_file() else None
