"""Hosted models through pydantic-ai's direct requests, one try a call, with its price.

pydantic-ai takes a second to import, so that waits until the first call.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from soundly.core.completion import Completion, FinishReason, Request
from soundly.core.errors import UsageError
from soundly.core.spend import Quote, Usage
from soundly.generators.bounds import input_token_bound
from soundly.generators.per_loop import PerLoop
from soundly.generators.prices import ListedPrice, Tariff, TokenPrice
from soundly.generators.services import SERVICES, Service
from soundly.generators.wording import wire_messages

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

_FINISH: Mapping[str | None, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "content_filter": "filter",
}
_EFFORTS = ("minimal", "low", "medium", "high", "xhigh", "max")


def _now() -> datetime:
    return datetime.now(UTC)


class Provider:
    """One model of one service in `SERVICES`.

    What a model does not take (a seed, a temperature while it reasons), the service or pydantic-ai
    leaves out, the latter with a warning; a grammar is refused. Answers are read whole, not
    streamed. Neither the SDKs nor we try again: `Retrying` does, so that each try is booked.

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
        UsageError: the service is not known, has no such option, or needs an address.
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
            UsageError: the request has a grammar, or an effort that nobody knows.
        """
        settings = self._settings(request)
        from pydantic_ai.direct import model_request  # noqa: PLC0415 - a second to import
        from pydantic_ai.exceptions import AgentRunError, UserError  # noqa: PLC0415

        from soundly.generators.provider_errors import generator_error  # noqa: PLC0415

        asked_at = self._now()
        try:
            response = await model_request(
                self._connection.get(), _messages(request), model_settings=settings
            )
        except AgentRunError as error:
            raise generator_error(self.name, error) from error
        except UserError as error:
            raise UsageError(f"{self.name}: {error}") from error
        return self._completion(request, response, asked_at)

    def _settings(self, request: Request) -> ModelSettings:
        if request.grammar is not None:
            raise UsageError(f"{self.name} cannot hold its answer to a grammar; a gguf: model can")
        effort = request.reasoning_effort
        if effort is not None and effort not in _EFFORTS:
            raise UsageError(f"reasoning_effort is {effort!r}, wanted one of {', '.join(_EFFORTS)}")
        settings: dict[str, Any] = {
            "max_tokens": request.max_output_tokens,
            "temperature": request.temperature,
            "top_p": request.top_p,
            "seed": request.seed,
            "stop_sequences": list(request.stop) or None,
            "thinking": effort,
            "timeout": self._timeout_seconds,
            "request_timeout": self._timeout_seconds,
            "max_retries": 0,
        }
        given: Any = {key: value for key, value in settings.items() if value is not None}
        chosen: ModelSettings = given
        return chosen

    def _completion(
        self, request: Request, response: ModelResponse, asked_at: datetime
    ) -> Completion:
        from pydantic_ai.messages import TextPart, ThinkingPart  # noqa: PLC0415 - see above

        parts = response.parts
        reasoning = "".join(part.content for part in parts if isinstance(part, ThinkingPart))
        usage, dollars = self._bill(request, response, asked_at)
        return Completion(
            text="".join(part.content for part in parts if isinstance(part, TextPart)),
            model=response.model_name or self._model,
            finish_reason=_FINISH.get(response.finish_reason, "other"),
            usage=usage,
            dollars=dollars,
            price_date=None if dollars is None else asked_at.date().isoformat(),
            reasoning=reasoning or None,
        )

    def _bill(
        self, request: Request, response: ModelResponse, asked_at: datetime
    ) -> tuple[Usage, float | None]:
        reported = response.usage
        if reported.unmeasured_requests or not (reported.input_tokens or reported.output_tokens):
            # An answer without a bill is not a free one: it is booked at its upper bound.
            bound = self.quote(request)
            return Usage(bound.input_tokens, bound.output_tokens), bound.dollars
        usage = Usage(
            input_tokens=reported.input_tokens,
            output_tokens=reported.output_tokens,
            reasoning_tokens=min(reported.output_reasoning_tokens, reported.output_tokens),
            cached_tokens=min(reported.cache_read_tokens, reported.input_tokens),
        )
        written = reported.cache_write_tokens
        return usage, self._tariff.dollars(usage, cache_write_tokens=written, at=asked_at)

    def _connect(self) -> Model:
        from pydantic_ai.models import infer_model  # noqa: PLC0415 - see above
        from pydantic_ai.providers import infer_provider_class  # noqa: PLC0415
        from pydantic_ai.providers.openai_compatible import (  # noqa: PLC0415
            OpenAICompatibleProvider,
        )

        options: dict[str, Any] = {"api_key": self._key, "base_url": self._base_url}
        if self._http_client is not None:
            options["http_client"] = self._http_client()
        options = {name: value for name, value in options.items() if value is not None}
        name = self._service.provider
        provider: Any = (
            OpenAICompatibleProvider(name, **{"api_key": "not-set", **options})
            if name == "openai-compatible"
            else infer_provider_class(name)(**options)
        )
        return infer_model(f"{self._service.model_kind}:{self._model}", lambda _: provider)


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


def _messages(request: Request) -> list[ModelMessage]:
    from pydantic_ai.messages import (  # noqa: PLC0415 - see above
        ModelRequest,
        ModelResponse,
        SystemPromptPart,
        TextPart,
        UserPromptPart,
    )

    messages: list[ModelMessage] = []
    for message in wire_messages(request):
        content = message["content"]
        if message["role"] == "assistant":
            messages.append(ModelResponse(parts=[TextPart(content)]))
        elif message["role"] == "system":
            messages.append(ModelRequest(parts=[SystemPromptPart(content)]))
        else:
            messages.append(ModelRequest(parts=[UserPromptPart(content)]))
    return messages
