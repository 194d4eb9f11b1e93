"""How large a model trained from nothing is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A small Llama: ``context`` is the longest sequence in tokens, prompt and answer together.

    ``inner`` is the width of the feed-forward layers; a head is ``width / heads`` wide.
    """

    layers: int = 4
    width: int = 256
    heads: int = 4
    inner: int = 704
    context: int = 512

    def __post_init__(self) -> None:
        for name in ("layers", "width", "heads", "inner", "context"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted 1 or more")
        if self.width % (2 * self.heads):
            raise ValueError(
                f"width {self.width} does not split into {self.heads} heads of even size"
            )
