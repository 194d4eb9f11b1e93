"""What a failed request means: whether another try may help, when, and whether it was paid for."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelHTTPError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    UnexpectedModelBehavior,
)

from soundly.core.errors import GeneratorError

_RETRYABLE_STATUS = frozenset({408, 409, 425, 429})
_MESSAGE_CHARACTERS = 600


def generator_error(model: str, error: AgentRunError) -> GeneratorError:
    """The failure in our terms.

    Worth another try: 408, 409, 425, 429, any 5xx, a lost or refused connection, a timeout, and an
    answer that cannot be decoded. Not worth one: every other refusal, and spent quota.

    Known to be free: a refusal of the request itself (400, 401, 403, 404, 422, 429, quota), and a
    connection that was never opened. Everything else may have been worked on, so it is booked.
    """
    return GeneratorError(
        f"{model}: {_told(error)}",
        retryable=_retryable(error),
        retry_after_seconds=error.retry_after if isinstance(error, ModelAPIError) else None,
        billed=not _free(error),
    )


def _retryable(error: AgentRunError) -> bool:
    if isinstance(error, ModelQuotaExceededError | ContentFilterError):
        return False
    if isinstance(error, ModelHTTPError):
        return error.status_code in _RETRYABLE_STATUS or error.status_code >= 500
    if isinstance(error, ModelRequestRejectedError):
        return False
    # What is left of API errors: connections, timeouts, undecodable bodies. An unexpected
    # behaviour is an answer that is JSON but not a completion.
    return isinstance(error, ModelAPIError | UnexpectedModelBehavior)


def _free(error: AgentRunError) -> bool:
    if isinstance(error, ModelRateLimitError | ModelQuotaExceededError | ModelRequestRejectedError):
        return True
    if isinstance(error, ModelHTTPError) and error.status_code == 429:
        return True
    return isinstance(error, ModelConnectionError) and error.phase in ("pool", "connect")


def _said(error: AgentRunError) -> str:
    if isinstance(error, ModelHTTPError):
        hint = f" ({error.hint})" if error.hint else ""
        return f"HTTP {error.status_code}: {_message(error.body) or 'nothing said'}{hint}"
    if isinstance(error, ModelConnectionError):
        cause = _innermost(error)
        return f"{error} ({type(cause).__name__}: {cause})" if cause is not error else str(error)
    return str(error)


def _message(body: object) -> str:
    """What a provider says in words, wherever its body keeps them; else the whole body."""
    while isinstance(body, Mapping):
        inner = body.get("error", body.get("message"))
        if inner is None:
            break
        body = inner
    return str(body) if body else ""


def _innermost(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _told(error: AgentRunError) -> str:
    text = " ".join(_said(error).split())
    if len(text) <= _MESSAGE_CHARACTERS:
        return text
    return f"{text[:_MESSAGE_CHARACTERS]}… ({len(text)} characters)"
