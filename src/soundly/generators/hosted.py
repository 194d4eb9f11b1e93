"""What the registry calls for ``openai:gpt-5-mini`` and its like: one function a service."""

from __future__ import annotations

from typing import Protocol

from soundly.core.errors import UsageError
from soundly.generators.prices import TokenPrice
from soundly.generators.providers import Provider


class FromSpec(Protocol):
    """Makes a model from what stands after the colon, ``NAME`` or ``NAME@http://host:port/v1``.

    Stated prices are US dollars for a million tokens, both or neither.
    """

    def __call__(
        self,
        rest: str,
        *,
        timeout_seconds: float = 600.0,
        input_price: float | None = None,
        output_price: float | None = None,
    ) -> Provider:
        """The model; raises as `Provider` does."""
        ...


def _service(name: str) -> FromSpec:
    def from_spec(
        rest: str,
        *,
        timeout_seconds: float = 600.0,
        input_price: float | None = None,
        output_price: float | None = None,
    ) -> Provider:
        model, base_url = _split(rest)
        return Provider(
            name,
            model,
            base_url=base_url,
            price=_price(input_price, output_price),
            timeout_seconds=timeout_seconds,
        )

    return from_spec


def _split(rest: str) -> tuple[str, str | None]:
    # Some services have an @ in the names of models, but none has "@http".
    at = max(rest.rfind("@http://"), rest.rfind("@https://"))
    return (rest, None) if at < 0 else (rest[:at], rest[at + 1 :])


def _price(input_price: float | None, output_price: float | None) -> TokenPrice | None:
    if input_price is None and output_price is None:
        return None
    if input_price is None or output_price is None:
        raise UsageError("input_price and output_price are stated together or not at all")
    try:
        return TokenPrice(input_price, output_price)
    except ValueError as error:
        raise UsageError(str(error)) from error


openai = _service("openai")
anthropic = _service("anthropic")
google = _service("google")
mistral = _service("mistral")
groq = _service("groq")
openrouter = _service("openrouter")
ollama = _service("ollama")
openai_compatible = _service("openai-compatible")
