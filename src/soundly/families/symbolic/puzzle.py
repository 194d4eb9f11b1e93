"""What the symbolic tasks have in common: an instance with one right answer, found in steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from soundly.core.dial import Dial
from soundly.core.verdict import Critique


@dataclass(frozen=True, slots=True)
class Trail:
    """What an explanation states on its way: how many states, which are wrong, where it ends.

    ``leads_to`` is the answer that its own last state gives; None where that gives none.
    """

    steps: int
    faults: tuple[Critique, ...]
    leads_to: str | None


class Puzzle(Protocol):
    """One instance; its answer is a short text, and there is exactly one."""

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

    def thoughts(self, procedure: str | None) -> str:
        """The way to the answer, written out, as the procedure teaches it."""
        ...

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """Everything that is wrong with an answer; nothing exactly if it is the right one."""
        ...

    def follow(self, text: str) -> Trail:
        """What an explanation states about this instance."""
        ...


@dataclass(frozen=True, slots=True)
class World:
    """One kind of puzzle: its words, its sizes, and how its instances come about.

    ``taught`` are the procedures by name. ``tidy`` takes the wrapping off a marked answer, and
    gives it back whole where it is more than one answer; ``bare`` finds an answer in the last line
    of a text that marks none. ``guesses`` are likely
    wrong answers, for near misses. ``take`` is which letter is asked for, where it is letters.
    """

    kind: str
    task: str
    form: str
    taught: Mapping[str, str]
    dial: Dial
    most: int
    draw: Callable[[int, Random], Puzzle]
    parse: Callable[[Mapping[str, str]], Puzzle]
    tidy: Callable[[str], str]
    bare: Callable[[str], str | None]
    guesses: tuple[str, ...]
    twin: Callable[[Mapping[str, str], str], bool]
    take: str | None = None
