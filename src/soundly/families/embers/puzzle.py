"""What the two tasks have in common: an instance with one right answer, which is a short text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from soundly.core.dial import Dial
from soundly.core.verdict import Critique


class Puzzle(Protocol):
    """One instance; there is exactly one right answer."""

    @property
    def statement(self) -> Mapping[str, str]:
        """The instance as named texts."""
        ...

    @property
    def answer(self) -> str:
        """The right answer."""
        ...

    @property
    def canonical(self) -> str:
        """One spelling for all instances that count as one."""
        ...

    @property
    def question(self) -> str:
        """The instance in plain English."""
        ...

    @property
    def thoughts(self) -> str:
        """The way to the answer, written out."""
        ...

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """Everything that is wrong with an answer; nothing exactly if it is the right one."""
        ...


@dataclass(frozen=True, slots=True)
class World:
    """One task: its words, its sizes, and how its instances come about.

    ``draw`` takes a size and a seed. ``tidy`` takes the wrapping off a marked answer, and gives it
    back whole where it is more than one answer; ``bare`` finds an answer in the last line of a text
    that marks none. ``guesses`` are likely wrong answers, for near misses.
    """

    kind: str
    task: str
    form: str
    dial: Dial
    most: int
    example_size: int
    draw: Callable[[int, int], Puzzle]
    parse: Callable[[Mapping[str, str]], Puzzle]
    tidy: Callable[[str], str]
    bare: Callable[[str], str | None]
    guesses: tuple[str, ...]
    twin: Callable[[Mapping[str, str], str], bool]
