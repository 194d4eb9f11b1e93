"""What the tests of generators share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soundly.core.completion import Message, Request


@pytest.fixture
def ask() -> Callable[..., Request]:
    """Makes a request from one user message."""

    def make(text: str = "Say hello.", **settings: object) -> Request:
        return Request((Message("user", text),), **settings)  # type: ignore[arg-type]

    return make
