"""The door that a critic gets outside a session, where there is no model to ask."""

from __future__ import annotations

from soundly.core.completion import Completion, Request
from soundly.core.errors import CriticError


async def no_model(request: Request) -> Completion:  # noqa: ARG001 - the shape of an `Ask`
    """Never answers: raises `CriticError` when a critic knocks."""
    raise CriticError("the critic asks a model, and outside a session there is none")
