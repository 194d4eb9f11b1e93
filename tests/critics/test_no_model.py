"""Outside a session a critic that asks a model breaks; it never judges without an answer."""

from __future__ import annotations

import anyio
import pytest

from soundly.core.completion import Message, Request
from soundly.core.errors import CriticError
from soundly.critics.no_model import no_model


def test_knocking_breaks_the_critic() -> None:
    """The failure is the critic's, not an empty completion."""
    with pytest.raises(CriticError, match="outside a session there is none"):
        anyio.run(no_model, Request((Message("user", "well?"),)))
