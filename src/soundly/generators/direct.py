"""The one place that speaks pydantic-ai: connections, requests and responses.

Importing it takes a second, so `providers` does that at the first call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ThinkingPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, infer_model
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers import infer_provider_class
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from soundly.core.completion import FinishReason, Request
from soundly.core.errors import UsageError
from soundly.core.spend import Usage
from soundly.generators.provider_errors import generator_error
from soundly.generators.services import Service
from soundly.generators.wording import wire_messages

_FINISH: Mapping[str | None, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "content_filter": "filter",
}


def connect(
    service: Service,
    model: str,
    *,
    key: str | None,
    base_url: str | None,
    http_client: Callable[[], Any] | None,
) -> Model:
    """A model of a service; nothing is sent yet. Connections belong to the running event loop."""
    options: dict[str, Any] = {"api_key": key, "base_url": base_url}
    if http_client is not None:
        options["http_client"] = http_client()
    options = {name: value for name, value in options.items() if value is not None}
    if service.compatible:
        # Not `max_completion_tokens`: a server that does not know it would answer without a bound.
        # Whether a model of the user's own reasons, only its server knows.
        profile = OpenAIModelProfile(
            openai_chat_supports_max_completion_tokens=False, supports_thinking=True
        )
        provider: Any = OpenAICompatibleProvider(service.name, profile=profile, **options)
    else:
        provider = infer_provider_class(service.provider)(**options)
    return infer_model(f"{service.model_kind}:{model}", lambda _: provider)


async def disconnect(model: Model) -> None:
    """Close the connections that the model opened itself."""
    async with model:
        pass


def takes_effort(model: Model) -> bool:
    """Whether a reasoning effort reaches the model; where it does not, pydantic-ai drops it."""
    profile = model.profile
    return bool(profile.get("supports_thinking") or profile.get("thinking_always_enabled"))


async def ask(name: str, model: Model, request: Request, timeout_seconds: float) -> ModelResponse:
    """One try.

    Raises:
        GeneratorError: as `generator_error` reads the failure.
        UsageError: pydantic-ai found the request unusable before sending it.
    """
    try:
        return await model_request(
            model, _messages(request), model_settings=_settings(request, timeout_seconds)
        )
    except AgentRunError as error:
        raise generator_error(name, error) from error
    except UserError as error:
        raise UsageError(f"{name}: {error}") from error


def text(response: ModelResponse) -> str:
    """The answer, without what the model thought on the way."""
    return "".join(part.content for part in response.parts if isinstance(part, TextPart))


def reasoning(response: ModelResponse) -> str | None:
    """What the model thought on the way, where the service shows it."""
    thoughts = [part.content for part in response.parts if isinstance(part, ThinkingPart)]
    return "".join(thoughts) or None


def finish_reason(response: ModelResponse) -> FinishReason:
    """Why the answer ended; "other" where the service gives no reason that we know."""
    return _FINISH.get(response.finish_reason, "other")


def usage(response: ModelResponse) -> tuple[Usage, int] | None:
    """The tokens, and how many of the input were written to a cache; None where none are told."""
    told = response.usage
    if told.unmeasured_requests or not (told.input_tokens or told.output_tokens):
        return None
    tokens = Usage(
        input_tokens=told.input_tokens,
        output_tokens=told.output_tokens,
        reasoning_tokens=min(told.output_reasoning_tokens, told.output_tokens),
        cached_tokens=min(told.cache_read_tokens, told.input_tokens),
    )
    return tokens, told.cache_write_tokens


def _settings(request: Request, timeout_seconds: float) -> ModelSettings:
    settings: dict[str, Any] = {
        "max_tokens": request.max_output_tokens,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "seed": request.seed,
        "stop_sequences": list(request.stop) or None,
        "thinking": request.reasoning_effort,
        # For each wait, and for the whole: a server that sends a byte now and then ends too.
        "timeout": timeout_seconds,
        "request_timeout": timeout_seconds,
        "max_retries": 0,
    }
    given: Any = {key: value for key, value in settings.items() if value is not None}
    chosen: ModelSettings = given
    return chosen


def _messages(request: Request) -> list[ModelMessage]:
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
