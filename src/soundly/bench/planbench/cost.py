"""What a stored answer cost in US dollars: exactly where its tokens are stored, else bounds.

Two facts bound the tokens of a text without its tokenizer: none of these models' tokenizers makes
more tokens than bytes, and none joins two words into one. Nothing bounds from above what a model
thought and did not show.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from soundly.bench.planbench.entries import Said
from soundly.bench.planbench.price_list import ENGINES, Dated, Engine
from soundly.core.completion import Request
from soundly.core.errors import UsageError
from soundly.core.spend import Usage
from soundly.generators.bounds import TOKENS_PER_MESSAGE, input_token_bound

_SYSTEM_BYTES: Final = 80
"""A sentence that the benchmark's code puts before some prompts and does not store."""

_HOURS: Final = (4, 20)
"""Some prices depend on the hour (UTC): one of the day and one of the night."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Dollars: at least ``least``, at most ``most``, which is None where nothing bounds them."""

    least: float
    most: float | None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.least) and self.least >= 0):
            raise ValueError(f"least is {self.least!r}, wanted a number of at least 0")
        if self.most is not None and not (math.isfinite(self.most) and self.most >= self.least):
            raise ValueError(f"most is {self.most!r}, wanted at least {self.least}")

    @property
    def exact(self) -> float | None:
        """The dollars, where both bounds are one."""
        return self.least if self.most == self.least else None

    @property
    def bound(self) -> float:
        """The upper bound, and where there is none the lower."""
        return self.least if self.most is None else self.most

    def __add__(self, other: Cost) -> Cost:
        most = None if self.most is None or other.most is None else self.most + other.most
        return Cost(self.least + other.least, most)


NOTHING: Final = Cost(0.0, 0.0)


def cost_of(said: Said, model: str) -> Cost | None:
    """What an answer of a model cost; ``model`` is its folder's name. None without a price.

    What is stored in dollars counts; else stored tokens at the price of their time; else what the
    texts bound. Where an answer does not say when it was given, every price that can have held
    counts. Raises `UsageError` where genai-prices is not installed.
    """
    bill = said.bill
    if bill.dollars is not None:
        return Cost(bill.dollars, bill.dollars)
    engine = ENGINES.get(model)
    if engine is None:
        return None
    least, most = (bill.usage, bill.usage) if bill.usage else _tokens(said, engine)
    lows = list(_dollars(engine, least, bill.at))
    highs = list(_dollars(engine, most, bill.at)) if most else []
    if not lows:
        return None
    return Cost(min(lows), max(highs) if highs else None)


def exact_dollars(said: Said, model: str) -> float | None:
    """The dollars of an answer where they are known to the cent's fraction, else None."""
    cost = cost_of(said, model) if said.bill.usage or said.bill.dollars is not None else None
    return cost.exact if cost else None


def _tokens(said: Said, engine: Engine) -> tuple[Usage, Usage | None]:
    """Bounds of the tokens by the texts alone; no upper one for a model that hides some."""
    asked = sum(len(message.content.split()) for message in said.asked)
    least = Usage(asked, len(said.text.split()))
    if engine.reasons:
        return least, None
    answered = len(said.text.encode(errors="replace")) + TOKENS_PER_MESSAGE
    return least, Usage(input_token_bound(Request(said.asked)) + _SYSTEM_BYTES, answered)


def _dollars(engine: Engine, usage: Usage, at: datetime | None) -> Iterator[float]:
    for price in engine.in_force(at):
        for moment in [at] if at else list(_moments(engine, price)):
            try:
                dollars = price.tariff.dollars(usage, cache_write_tokens=0, at=moment)
            except ImportError as error:
                raise UsageError(
                    "genai-prices is not installed: pip install 'soundly[bench]'"
                ) from error
            if dollars is not None:
                yield dollars


def _moments(engine: Engine, price: Dated) -> Iterator[datetime]:
    """By day and by night, on the first and the last day on which it can have been paid."""
    days = {max(engine.first, price.since or engine.first), engine.last}
    for day in sorted(days):
        for hour in _HOURS:
            yield datetime.combine(day, time(hour), UTC)
