"""Models as people type them: ``smollm2``, ``gguf:model.gguf?slots=4``, ``openai:gpt-5-mini``."""

from __future__ import annotations

from os import PathLike, fspath

from soundly.config import registry
from soundly.config.options import bind, parse_pairs
from soundly.core.completion import Generator
from soundly.core.errors import UnknownNameError
from soundly.generators.cache import Cached
from soundly.generators.limit import AdaptiveLimit, Limited
from soundly.generators.recording import Recording
from soundly.generators.services import SERVICES


def make_generator(
    text: str,
    *,
    cache: str | PathLike[str] | None = None,
    record: str | PathLike[str] | None = None,
) -> Generator:
    """The model that the text names: a scheme, what the scheme wants after a colon, and options.

    Options follow a question mark: ``openai:gpt-5-mini?input_price=0.25,output_price=2``. Calls to
    hosted models share an adaptive limit on how many are under way. ``cache`` is a file that keeps
    completions, ``record`` one to which they are appended for ``recorded:``.

    Raises `UnknownNameError` for a scheme that nobody registered, `CredentialError` where a key is
    missing, and `UsageError` for whatever the scheme itself refuses.
    """
    named, _, options = text.partition("?")
    scheme, _, rest = named.partition(":")
    known = registry.names("generators")
    if scheme not in known:
        raise UnknownNameError("model", text, known)
    factory = registry.load("generators", scheme)
    arguments = bind(factory, parse_pairs(options, what=scheme), what=scheme)
    generator: Generator = factory(rest, **arguments)
    if scheme in SERVICES:
        generator = Limited(generator, AdaptiveLimit())
    if cache is not None:
        generator = Cached(generator, fspath(cache))
    return generator if record is None else Recording(generator, fspath(record))
