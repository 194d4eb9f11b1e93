"""Models as people type them: ``smollm2``, ``gguf:model.gguf?slots=4``, ``openai:gpt-5-mini``."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike, fspath
from typing import Protocol, runtime_checkable

import anyio

from soundly.config import registry
from soundly.config.options import bind, parse_pairs
from soundly.core.completion import Generator
from soundly.core.errors import UnknownNameError
from soundly.generators.cache import Cached, Identified
from soundly.generators.limit import AdaptiveLimit, Limited
from soundly.generators.recording import Recording
from soundly.generators.services import SERVICES


@runtime_checkable
class _Closes(Protocol):
    def close(self) -> None: ...


@runtime_checkable
class _ClosesAsync(Protocol):
    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class OpenModel:
    """A model ready to be asked, and what has to be closed after the last call."""

    generator: Generator
    bare: Generator

    async def aclose(self) -> None:
        """Give back connections and memory; finishes even when the caller is cancelled."""
        with anyio.CancelScope(shield=True):
            if isinstance(self.bare, _ClosesAsync):
                await self.bare.aclose()
            elif isinstance(self.bare, _Closes):
                self.bare.close()


def open_model(
    text: str,
    *,
    cache: str | PathLike[str] | None = None,
    record: str | PathLike[str] | None = None,
    limit: AdaptiveLimit | None = None,
) -> OpenModel:
    """The model that the text names, behind the wrappers that it needs.

    The text is a scheme, what the scheme wants after a colon, and options after a question mark:
    ``openai:gpt-5-mini?input_price=0.25,output_price=2``. Calls to hosted models share an adaptive
    limit on how many are under way; ``limit`` is one to share with other models of the provider.
    ``cache`` is a file that keeps completions, ``record`` one to which they are appended for
    ``recorded:``.

    Raises `UnknownNameError` for a scheme that nobody registered, `CredentialError` where a key is
    missing, and `UsageError` for whatever the scheme itself refuses.
    """
    bare = make_generator(text)
    wrapped = bare
    # The limit is innermost: what the cache answers needs no place among the calls.
    if text.partition(":")[0] in SERVICES:
        wrapped = Limited(wrapped, limit or AdaptiveLimit())
    if cache is not None:
        identity = bare.identity if isinstance(bare, Identified) else None
        wrapped = Cached(wrapped, fspath(cache), identity=identity)
    if record is not None:
        wrapped = Recording(wrapped, fspath(record))
    return OpenModel(wrapped, bare)


def make_generator(text: str) -> Generator:
    """The bare model that the text names, to be closed by whoever asked; see `open_model`."""
    named, _, options = text.partition("?")
    scheme, _, rest = named.partition(":")
    known = registry.names("generators")
    if scheme not in known:
        raise UnknownNameError("model", text, known)
    factory = registry.load("generators", scheme)
    arguments = bind(factory, parse_pairs(options, what=scheme), what=scheme)
    generator: Generator = factory(rest, **arguments)
    return generator
