"""What a word model's GGUF file says of itself: its words, its notation, what it was trained on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundly.core.errors import UsageError

NOTATION_KEY = "soundly.notation"
ABOUT_KEY = "soundly.about"
WORDS_KEY = "soundly.words"


@dataclass(frozen=True, slots=True)
class WordModelFile:
    """The words in the order of their numbers, and ``context_tokens``, the model's longest text."""

    words: tuple[str, ...]
    notation: str
    about: str
    context_tokens: int


def read_word_model(path: Path) -> WordModelFile:
    """What the file says; raises `UsageError` where it is no word model, or cannot be read."""
    try:
        import gguf  # noqa: PLC0415 - brings numpy, and only word models need it
    except ImportError as error:
        raise UsageError("gguf is not installed: pip install 'soundly[local]'") from error
    try:
        reader: Any = gguf.GGUFReader(path)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error

    def field(key: str) -> Any:  # noqa: ANN401 - any GGUF value
        found = reader.get_field(key)
        if found is None:
            raise UsageError(f"{path} is no model that was trained on a notation: it lacks {key!r}")
        return found.contents()

    return WordModelFile(
        tuple(map(str, field(WORDS_KEY))),
        str(field(NOTATION_KEY)),
        str(field(ABOUT_KEY)),
        int(field("llama.context_length")),
    )
