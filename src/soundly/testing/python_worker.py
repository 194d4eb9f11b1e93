"""A worker for tests of the sandbox: it runs whatever Python text comes, which is the point."""

from __future__ import annotations

from typing import Any


def prepare(request: dict[str, Any]) -> dict[str, object]:
    """The names that the text may use."""
    return {"given": request.get("given")}


def answer(prepared: dict[str, object], request: dict[str, Any]) -> object:
    """What the text leaves as ``result``."""
    exec(request["text"], prepared)  # noqa: S102 - only ever in the sandbox
    return prepared.get("result")
