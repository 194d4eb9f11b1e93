"""What the benchmark's models cost when they were asked.

A list of prices that is kept up to date says what a model costs now or cost last. Where that is not
what it cost then, or the model is gone from the list, the price of the time stands here with the
page of its seller that stated it. Nothing here is estimated: a model that is missing has no price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from soundly.generators.prices import ListedPrice, Tariff, TokenPrice

_LISTED: Final = "genai-prices"
_OPENAI: Final = "https://openai.com/api/pricing/"
_GOOGLE: Final = "https://ai.google.dev/pricing"
_BEDROCK: Final = "https://aws.amazon.com/bedrock/pricing/"
_LRMS: Final = date(2024, 9, 20)
"""When arXiv:2409.13373 published most of these answers: they are not younger."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A price, the page that stated it, and the days on which it held.

    ``since`` is None where it held from the beginning. ``until`` is the first day on which it did
    not hold, None where it held to the end.
    """

    tariff: Tariff
    source: str
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since >= self.until:
            raise ValueError(f"a price holds from {self.since} until {self.until}: no day at all")

    def held(self, first: date, last: date) -> bool:
        """Whether it held on a day from ``first`` to ``last``, both included."""
        return (self.since or first) <= last and (self.until is None or first < self.until)


@dataclass(frozen=True, slots=True)
class Engine:
    """A model under the name of its folder: its prices, and when it can have been asked.

    ``first`` is the day of its release, ``last`` the day on which the answers were published.
    ``reasons`` is true of models that bill tokens which their answers do not show.
    """

    first: date
    last: date
    prices: tuple[Dated, ...]
    reasons: bool = False

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"released on {self.first}, after its answers on {self.last}")

    def in_force(self, at: datetime | None) -> tuple[Dated, ...]:
        """The price of a moment; without one, every price of the days that are possible."""
        first, last = (at.date(), at.date()) if at else (self.first, self.last)
        return tuple(price for price in self.prices if price.held(first, last))


def _listed(provider: str, model: str) -> tuple[Dated, ...]:
    return (Dated(ListedPrice(provider, model), _LISTED),)


ENGINES: Mapping[str, Engine] = {
    "claude-3-opus": Engine(
        date(2024, 3, 4), _LRMS, _listed("anthropic", "claude-3-opus-20240229")
    ),
    "claude-3.5-sonnet_aws": Engine(
        date(2024, 6, 20), _LRMS, _listed("anthropic", "claude-3-5-sonnet-20240620")
    ),
    "deepseek-r1-api": Engine(
        date(2025, 1, 20), date(2025, 3, 31), _listed("deepseek", "deepseek-reasoner"), reasons=True
    ),
    "gemini-1.5-flash": Engine(
        date(2024, 5, 14),
        _LRMS,
        (
            Dated(TokenPrice(0.35, 1.05), _GOOGLE, until=date(2024, 8, 12)),
            Dated(TokenPrice(0.075, 0.30), _GOOGLE, since=date(2024, 8, 12)),
        ),
    ),
    "gemini-1.5-pro": Engine(
        date(2024, 5, 14),
        _LRMS,
        (Dated(TokenPrice(3.50, 10.50), _GOOGLE, until=date(2024, 10, 1)),),
    ),
    "gemini-pro": Engine(date(2024, 5, 2), _LRMS, (Dated(TokenPrice(0.50, 1.50), _GOOGLE),)),
    "gpt-3.5-turbo-instruct": Engine(
        date(2023, 9, 18), _LRMS, _listed("openai", "gpt-3.5-turbo-instruct")
    ),
    "gpt-4-turbo_chat": Engine(date(2023, 11, 6), _LRMS, _listed("openai", "gpt-4-turbo")),
    "gpt-4_chat": Engine(date(2023, 3, 14), _LRMS, _listed("openai", "gpt-4")),
    "gpt-4o_chat": Engine(date(2024, 5, 13), _LRMS, _listed("openai", "gpt-4o-2024-05-13")),
    "llama-3.1-405b_aws": Engine(
        date(2024, 7, 23), date(2024, 9, 30), (Dated(TokenPrice(5.32, 16.00), _BEDROCK),)
    ),
    "llama3-70b-8192_groq": Engine(date(2024, 4, 18), _LRMS, _listed("groq", "llama3-70b-8192")),
    "o1-mini_chat": Engine(
        date(2024, 9, 12),
        date(2024, 9, 30),
        (Dated(TokenPrice(3.00, 12.00), _OPENAI, until=date(2025, 1, 31)),),
        reasons=True,
    ),
    "o1-preview_chat": Engine(
        date(2024, 9, 12), date(2024, 9, 30), _listed("openai", "o1-preview"), reasons=True
    ),
}
"""By the name of a model's folder. Prices are US dollars for a million tokens, in and out."""
