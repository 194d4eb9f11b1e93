"""One spelling for a request, so that equal requests are found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from soundly.core.codec import to_json
from soundly.core.completion import Message, Request


def request_sha256(request: Request) -> str:
    """The digest of everything in a request: equal for equal requests and for no others."""
    return json_sha256(to_json(request))


def conversation_sha256(messages: Iterable[Message]) -> str:
    """The digest of the messages alone."""
    return json_sha256([to_json(message) for message in messages])


def json_sha256(value: object) -> str:
    """The SHA-256, in hex, of a JSON value in its canonical spelling: sorted keys, no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
