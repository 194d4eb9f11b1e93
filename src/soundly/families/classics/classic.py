"""One well-known puzzle with its variants: words, numbers, and the rule of each variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

CLASSIC = "classic"
"""The variant that everybody knows; every other one changes a fact."""

Rule: TypeAlias = Callable[..., int | str]
"""From the numbers, by name, to the answer."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What is told, with the numbers' names in braces, and what is then right."""

    facts: tuple[str, ...]
    question: str
    right: Rule


@dataclass(frozen=True, slots=True)
class Classic:
    """A puzzle. ``own`` are the numbers of the well-known one, ``ranges`` what may be drawn.

    ``fits`` says which numbers make sense together; whatever they are, each changed variant has to
    have another answer than the classic. ``choices`` are the answers where these are no numbers,
    each with the phrases that mean it; ``unit`` is what a number counts.
    """

    name: str
    own: Mapping[str, int]
    ranges: Mapping[str, range]
    variants: Mapping[str, Variant]
    unit: str = ""
    fits: Callable[..., bool] = lambda **_: True
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if CLASSIC not in self.variants or len(self.variants) < 2:
            raise ValueError(f"{self.name} has no {CLASSIC} variant, or nothing but that")
        if set(self.own) != set(self.ranges):
            raise ValueError(f"{self.name} draws other numbers than it has")
        if not self.allows(self.own):
            raise ValueError(f"{self.name} does not allow its own numbers")

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the changed variants."""
        return tuple(name for name in self.variants if name != CLASSIC)

    def allows(self, numbers: Mapping[str, int]) -> bool:
        """Whether these numbers are in range and fit together."""
        inside = all(
            numbers[each] in self.ranges[each] or numbers[each] == own
            for each, own in self.own.items()
        )
        return inside and self.fits(**numbers) and self._differ(numbers)

    def _differ(self, numbers: Mapping[str, int]) -> bool:
        famous = self.right(CLASSIC, numbers)
        return all(self.right(each, numbers) != famous for each in self.changed)

    def right(self, variant: str, numbers: Mapping[str, int]) -> str:
        """The right answer of a variant with these numbers."""
        return str(self.variants[variant].right(**numbers))
