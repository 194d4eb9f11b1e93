"""What a word model was trained on, in the sentence that its file keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

_SOURCE: Final = r"([^\s,;:]+) (\d+) to (\d+)"
_SENTENCE: Final = re.compile(rf"(.+): ({_SOURCE}(?:, {_SOURCE})*); seed (-?\d+)")


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """The recipe's name and seed, and its ``sources``: a family, its smallest and largest size.

    A family stands there once for each source that draws from it.
    """

    recipe: str
    sources: tuple[tuple[str, int, int], ...]
    seed: int

    def __str__(self) -> str:
        sources = ", ".join(f"{name} {low} to {high}" for name, low, high in self.sources)
        return f"{self.recipe}: {sources}; seed {self.seed}"

    @classmethod
    def read(cls, sentence: str) -> Self | None:
        """What the sentence says; None for one of another form."""
        found = _SENTENCE.fullmatch(sentence)
        if found is None:
            return None
        sources = re.findall(_SOURCE, found[2])
        return cls(
            found[1],
            tuple((name, int(low), int(high)) for name, low, high in sources),
            int(found[found.re.groups]),
        )

    def sizes(self, family: str) -> tuple[int, int] | None:
        """The smallest and the largest size of the family; None where it was not trained on."""
        spans = [(low, high) for name, low, high in self.sources if name == family]
        if not spans:
            return None
        return min(low for low, _ in spans), max(high for _, high in spans)
