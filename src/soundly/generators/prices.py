"""What tokens cost: by the list that genai-prices bundles, or by prices that the user states.

No price is fetched: the list is as new as the installed package.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from soundly.core.spend import Usage

if TYPE_CHECKING:
    from genai_prices import Usage as PricedUsage


class Tariff(Protocol):
    """What the tokens of one model cost in US dollars; None where that is not known."""

    def dollars(self, usage: Usage, *, cache_write_tokens: int, at: datetime) -> float | None:
        """The price of one completion; ``cache_write_tokens`` are a part of the input."""
        ...

    def most(self, input_tokens: int, output_tokens: int, *, at: datetime) -> float | None:
        """The dearest that so many tokens can be."""
        ...

    def date(self, at: datetime) -> str | None:
        """The day (ISO) whose prices hold for a call at that time; None for no list's prices."""
        ...


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """Prices that the user states, in US dollars for a million tokens; zero for a model at home."""

    input_per_million: float
    output_per_million: float

    def __post_init__(self) -> None:
        if not (0 <= self.input_per_million < 1e6 and 0 <= self.output_per_million < 1e6):
            raise ValueError(f"prices must be at least 0 and below a million dollars: {self}")

    def dollars(
        self,
        usage: Usage,
        *,
        cache_write_tokens: int,  # noqa: ARG002 - one price for all input
        at: datetime,
    ) -> float | None:
        """Input and output at the stated prices; cached tokens get no discount."""
        return self.most(usage.input_tokens, usage.output_tokens, at=at)

    def most(
        self,
        input_tokens: int,
        output_tokens: int,
        *,
        at: datetime,  # noqa: ARG002 - one price for all times
    ) -> float | None:
        """The same prices for the bound."""
        dollars = input_tokens * self.input_per_million + output_tokens * self.output_per_million
        return dollars / 1_000_000

    def date(self, at: datetime) -> str | None:  # noqa: ARG002 - see above
        """No date: they are whatever the user states."""
        return None


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """The prices of one model of one provider in the list, in force on the day of the call."""

    provider: str
    model: str

    def dollars(self, usage: Usage, *, cache_write_tokens: int, at: datetime) -> float | None:
        """The listed price of a completion, its cached tokens at theirs; None where not listed."""
        from genai_prices import Usage as PricedUsage  # noqa: PLC0415 - 0.2 s and 30,000 prices

        return self._calculate(
            PricedUsage(
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cache_read_tokens=usage.cached_tokens,
                cache_write_tokens=cache_write_tokens,
            ),
            at,
        )

    def most(self, input_tokens: int, output_tokens: int, *, at: datetime) -> float | None:
        """All of the input fresh, or all of it written to a cache where that is dearer."""
        from genai_prices import Usage as PricedUsage  # noqa: PLC0415 - see above

        bounds = [
            self._calculate(
                PricedUsage(
                    input_tokens=input_tokens,
                    output_tokens=output_tokens,
                    cache_write_tokens=written,
                ),
                at,
            )
            for written in (0, input_tokens)
        ]
        known = [bound for bound in bounds if bound is not None]
        return max(known, default=None)

    def date(self, at: datetime) -> str | None:
        """The day of the call: the list holds prices by the day from which they are in force."""
        return at.date().isoformat()

    def _calculate(self, usage: PricedUsage, at: datetime) -> float | None:
        from genai_prices import calc_price  # noqa: PLC0415 - see above

        try:
            price = calc_price(
                usage, self.model, provider_id=self.provider, genai_request_timestamp=at
            )
        except LookupError:
            return None
        total: Decimal = price.total_price
        return float(total)
