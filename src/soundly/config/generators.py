"""Models as people type them: ``smollm2``, ``openai:gpt-5-mini``, ``gguf:model.gguf``."""

from __future__ import annotations

from soundly.config import registry
from soundly.core.completion import Generator
from soundly.core.errors import UnknownNameError


def make_generator(text: str) -> Generator:
    """The model that the text names: a scheme, and for most schemes a colon and the rest.

    Raises `UnknownNameError` for a scheme that nobody registered, `CredentialError` where a key is
    missing, and `UsageError` for whatever the scheme itself refuses.
    """
    scheme, _, rest = text.partition(":")
    known = registry.names("generators")
    if scheme not in known:
        raise UnknownNameError("model", text, known)
    generator: Generator = registry.load("generators", scheme)(rest)
    return generator
