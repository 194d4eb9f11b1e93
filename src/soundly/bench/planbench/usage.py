"""What a stored response says of its cost: tokens, dollars, why it ended, what model it was."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from soundly.core.completion import FinishReason
from soundly.core.spend import Usage

_ENDS: Mapping[object, FinishReason] = {
    "stop": "stop",
    "end_turn": "stop",
    "length": "length",
    "max_tokens": "length",
    "content_filter": "filter",
}


@dataclass(frozen=True, slots=True)
class Bill:
    """What is stored beside an answer.

    ``usage`` is None where no counts are stored. ``dollars`` is None where no price was known: the
    files say 0 then. ``version`` is the model's name as its provider gave it.
    """

    usage: Usage | None = None
    dollars: float | None = None
    at: datetime | None = None
    finish_reason: FinishReason = "other"
    version: str | None = None
    reasoning: str | None = None

    @property
    def date(self) -> str | None:
        """The day of the answer (ISO, UTC); None where no time is stored."""
        return self.at.date().isoformat() if self.at else None


def bill_of(response: object) -> Bill:
    """The bill in a ``response_object``; an empty one where there is none or it is odd."""
    if not isinstance(response, Mapping):
        return Bill()
    choices = response.get("choices")
    choice = _mapping(choices[0] if isinstance(choices, list) and choices else None)
    ended = choice.get("finish_reason", response.get("stop_reason"))
    return Bill(
        usage=_usage(response),
        dollars=_dollars(response),
        at=_moment(response.get("created")),
        finish_reason=_ENDS.get(ended, "other") if isinstance(ended, str) else "other",
        version=_text(response.get("model")),
        reasoning=_text(_mapping(choice.get("message")).get("reasoning_content")),
    )


def text_of(response: object) -> str | None:
    """The answer's text in a ``response_object``; None without one."""
    response = _mapping(response)
    choices = response.get("choices")
    choice = _mapping(choices[0] if isinstance(choices, list) and choices else None)
    content = _mapping(choice.get("message")).get("content")
    places = (content, response.get("generation"), response.get("response"))
    return next((said for said in places if isinstance(said, str)), None)


def _usage(response: Mapping[str, Any]) -> Usage | None:
    """OpenAI's field names, Anthropic's, and Bedrock's for Llama."""
    said = _mapping(response.get("usage"))
    into = said.get("prompt_tokens", said.get("input_tokens", response.get("prompt_token_count")))
    out = said.get(
        "completion_tokens", said.get("output_tokens", response.get("generation_token_count"))
    )
    reasoning = _mapping(said.get("completion_tokens_details")).get("reasoning_tokens") or 0
    cached = _mapping(said.get("prompt_tokens_details")).get("cached_tokens") or 0
    if into is None or out is None:
        return None
    try:
        return Usage(into, out, reasoning, cached)
    except (ValueError, TypeError):
        return None


def _dollars(response: Mapping[str, Any]) -> float | None:
    total = _mapping(response.get("costs")).get("total")
    if isinstance(total, bool) or not isinstance(total, int | float):
        return None
    return float(total) if 0 < total < math.inf else None


def _moment(created: object) -> datetime | None:
    if isinstance(created, bool) or not isinstance(created, int) or not 0 < created < 2**33:
        return None
    return datetime.fromtimestamp(created, UTC)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
