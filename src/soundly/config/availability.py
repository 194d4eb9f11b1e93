"""Which models can be used here and now, and what the others lack; nothing heavy is loaded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from soundly.config import registry
from soundly.core.errors import PluginError
from soundly.generators.availability import Availability, missing
from soundly.generators.services import SERVICES

_WRITTEN = {
    "blocksworld-tiny": "blocksworld-tiny",
    "gguf": "gguf:FILE",
    "openai-compatible": "openai-compatible:NAME@URL",
    "recorded": "recorded:FILE",
    "scripted": "scripted:FILE",
    "smollm2": "smollm2",
    "trained": "trained:FILE",
}


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A kind of model: how it is written after ``--model``, and whether it can be used.

    ``broken`` marks a plug-in that does not import. A plug-in says whether it is usable through a
    function ``availability()`` beside its factory; one that has none is taken to be.
    """

    scheme: str
    written: str
    availability: Availability
    broken: bool = False


def known_models() -> Iterator[KnownModel]:
    """Every registered kind of model, in the order of their names."""
    for scheme in registry.names("generators"):
        written = _WRITTEN.get(scheme, f"{scheme}:NAME")
        try:
            yield KnownModel(scheme, written, _availability(scheme))
        except PluginError as error:
            yield KnownModel(scheme, written, missing(str(error)), broken=True)


def _availability(scheme: str) -> Availability:
    factory = registry.load("generators", scheme)
    if scheme in SERVICES:
        return SERVICES[scheme].availability()
    asked = getattr(sys.modules.get(factory.__module__), "availability", None)
    found = asked() if callable(asked) else None
    return found if isinstance(found, Availability) else Availability(usable=True)
