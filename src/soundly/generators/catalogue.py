"""Which built-in kinds of model can be used here, for `soundly models` and `soundly doctor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from soundly.generators import embedded, recorded, scripted, smollm2
from soundly.generators.availability import Availability
from soundly.generators.services import SERVICES

AVAILABILITY: Mapping[str, Callable[[], Availability]] = {
    "scripted": scripted.availability,
    "recorded": recorded.availability,
    "gguf": embedded.availability,
    "smollm2": smollm2.availability,
    **{name: service.availability for name, service in SERVICES.items()},
}
"""By scheme; each loads nothing heavy and asks nobody over a network."""
