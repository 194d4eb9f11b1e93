"""The sizes that a model was trained on, where the model says so itself."""

from __future__ import annotations

from pathlib import Path

from soundly.core.errors import UsageError
from soundly.generators import blocksworld_tiny
from soundly.generators.trained_on import TrainedOn
from soundly.generators.word_model_file import read_word_model


def trained_on(model: str) -> TrainedOn | None:
    """What a model of our own training was trained on, by its file; None for all others.

    The model is not loaded. None too where its file is gone or gguf is not installed.
    """
    scheme, _, rest = model.partition("?")[0].partition(":")
    match scheme:
        case blocksworld_tiny.NAME:
            path = blocksworld_tiny.FILE
        case "trained":
            path = Path(rest)
        case _:
            return None
    try:
        return TrainedOn.read(read_word_model(path).about)
    except UsageError:
        return None
