"""Hosted models, one try a call, with its price."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from soundly.core.completion import Completion, Request
from soundly.core.errors import UsageError
from soundly.core.spend import Quote, Usage
from soundly.generators.bounds import input_token_bound
from soundly.generators.per_loop import PerLoop
from soundly.generators.prices import ListedPrice, Tariff, TokenPrice
from soundly.generators.services import SERVICES, Service

if TYPE_CHECKING:
    from pydantic_ai.models import Model

_EFFORTS = ("minimal", "low", "medium", "high", "xhigh", "max")


def _now() -> datetime:
    return datetime.now(UTC)


class Provider:
    """One model of one service in `SERVICES`.

    What a model does not take (a seed, a temperature while it reasons), the service or pydantic-ai
    leaves out, the latter with a warning; a grammar is refused. Answers are read whole, not
    streamed. Neither the SDKs nor we try again: `Retrying` does, so that each try is booked.
    Mistral's SDK works on asyncio alone; the others on trio too.

    Args:
        service: A name in `SERVICES`.
        model: The service's own name for the model.
        base_url: Another address for the service, for those that can be had elsewhere.
        price: Overrides the list of genai-prices; where neither knows, dollars are None.
        timeout_seconds: For one try, from sending to the last byte.
        http_client: Makes the HTTP client that the service's SDK works with; for tests.
        environ: Where keys and addresses are looked up.
        now: The clock that chooses the prices in force.

    Raises:
        CredentialError: a key is needed and not set; nothing was sent.
        UsageError: the service is not known, its packages are not installed, it has no such
            option, or it needs an address.
    """

    def __init__(
        self,
        service: str,
        model: str,
        *,
        base_url: str | None = None,
        price: TokenPrice | None = None,
        timeout_seconds: float = 600.0,
        http_client: Callable[[], Any] | None = None,
        environ: Mapping[str, str] = os.environ,
        now: Callable[[], datetime] = _now,
    ) -> None:
        if service not in SERVICES:
            raise UsageError(f"service is {service!r}, wanted one of {', '.join(SERVICES)}")
        if not model:
            raise UsageError(f"{service}: names no model, as in {service}:NAME")
        if not timeout_seconds > 0:
            raise UsageError(f"timeout_seconds is {timeout_seconds}, wanted more than 0")
        self._service = SERVICES[service]
        installed = self._service.installed()
        if not installed.usable:
            raise UsageError(f"{service}: {installed.reason}")
        self._model = model
        self._base_url = _address(self._service, base_url, environ)
        self._key = self._service.key(environ)
        self._tariff = price or _listed(self._service, model)
        self._timeout_seconds = timeout_seconds
        self._http_client = http_client
        self._now = now
        self._connection = PerLoop(self._connect)

    @property
    def name(self) -> str:
        """The service and the model, as the user names them."""
        return f"{self._service.name}:{self._model}"

    @property
    def identity(self) -> str:
        """What a cache has to tell apart: the name, and the address where it is another one."""
        return f"{self.name}@{self._base_url}" if self._base_url else self.name

    def quote(self, request: Request) -> Quote:
        """A token for each byte of input, all the output allowed, at the dearest price of today."""
        tokens = input_token_bound(request)
        dollars = self._tariff.most(tokens, request.max_output_tokens, at=self._now())
        return Quote(tokens, request.max_output_tokens, dollars)

    async def complete(self, request: Request) -> Completion:
        """One completion, from one try.

        Raises:
            GeneratorError: the service refused, broke off or took too long; see `provider_errors`
                for what each is worth.
            UsageError: the request has a grammar, an effort that nobody knows, or one for a model
                that takes none.
        """
        self._refuse_what_cannot_be_held(request)
        from soundly.generators import direct  # noqa: PLC0415 - a second to import

        asked_at = self._now()
        connection = self._connection.get()
        if request.reasoning_effort is not None and not direct.takes_effort(connection):
            raise UsageError(
                f"{self.name} takes no reasoning effort; leave reasoning_effort out, "
                "or name a model that reasons"
            )
        response = await direct.ask(self.name, connection, request, self._timeout_seconds)
        usage, dollars = self._bill(request, direct.usage(response), asked_at)
        return Completion(
            text=direct.text(response),
            model=response.model_name or self._model,
            finish_reason=direct.finish_reason(response),
            usage=usage,
            dollars=dollars,
            price_date=None if dollars is None else self._tariff.date(asked_at),
            reasoning=direct.reasoning(response),
        )

    async def aclose(self) -> None:
        """Close the connections of this event loop; a later call opens new ones."""
        connection = self._connection.take()
        if connection is not None:
            from soundly.generators import direct  # noqa: PLC0415 - see above

            await direct.disconnect(connection)

    def _refuse_what_cannot_be_held(self, request: Request) -> None:
        if request.grammar is not None:
            raise UsageError(f"{self.name} cannot hold its answer to a grammar; a gguf: model can")
        effort = request.reasoning_effort
        if effort is not None and effort not in _EFFORTS:
            raise UsageError(f"reasoning_effort is {effort!r}, wanted one of {', '.join(_EFFORTS)}")

    def _bill(
        self, request: Request, told: tuple[Usage, int] | None, asked_at: datetime
    ) -> tuple[Usage, float | None]:
        if told is None:
            # An answer without a bill is not a free one: it is booked at its upper bound.
            bound = self.quote(request)
            return Usage(bound.input_tokens, bound.output_tokens), bound.dollars
        usage, written = told
        return usage, self._tariff.dollars(usage, cache_write_tokens=written, at=asked_at)

    def _connect(self) -> Model:
        from soundly.generators import direct  # noqa: PLC0415 - see above

        return direct.connect(
            self._service,
            self._model,
            key=self._key,
            base_url=self._base_url,
            http_client=self._http_client,
        )


def _listed(service: Service, model: str) -> Tariff:
    if service.free:
        return TokenPrice(0.0, 0.0)
    return ListedPrice(service.price_list or service.name, model)


def _address(service: Service, given: str | None, environ: Mapping[str, str]) -> str | None:
    if given is not None and not service.takes_url:
        raise UsageError(f"{service.name} has one address and takes no other, got {given}")
    variable = service.url_variable
    address = given or (environ.get(variable) if variable else None) or service.default_url
    if address is None:
        if variable:
            raise UsageError(
                f"{service.name}: needs an address, as in {service.name}:NAME@http://host:port/v1, "
                f"or in {variable}"
            )
        return None
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{service.name}: address is {address!r}, wanted http(s)://host…")
    return address
