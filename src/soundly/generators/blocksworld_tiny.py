"""The proposer that comes with the package: Blocksworld, under any names, and nothing else.

Trained from nothing by ``recipes/blocksworld-tiny.toml``; what it can be depended on for stands in
``docs/blocksworld-tiny.md``.
"""

from __future__ import annotations

from pathlib import Path

from soundly.core.errors import UsageError
from soundly.generators import word_model
from soundly.generators.availability import Availability
from soundly.generators.word_model import TEMPERATURE, WordModel

NAME = "blocksworld-tiny"
NOTATION = "blocksworld-1"
FILE = Path(__file__).parent / "shipped" / "blocksworld-tiny.gguf"


def from_spec(
    rest: str,
    *,
    slots: int = 4,
    threads: int | None = None,
    temperature: float = TEMPERATURE,
    grammar: bool = False,
) -> WordModel:
    """The model named ``blocksworld-tiny``; the options are those of `WordModel`."""
    if rest:
        raise UsageError(f"{NAME} takes nothing after its name, got {rest!r}")
    return WordModel(
        FILE, name=NAME, slots=slots, threads=threads, temperature=temperature, grammar=grammar
    )


def availability() -> Availability:
    """Whether what runs it is installed."""
    return word_model.availability(str(FILE))
