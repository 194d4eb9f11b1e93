"""The moves that a policy learns to choose from: instructions, and strings without meaning.

Strings are found by evolution, with nothing to go by but how often the frozen model's completions
behind them are accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from soundly.core.errors import UsageError
from soundly.strategies.moves import ANSWER, Move, require_moves

MEANINGLESS: tuple[str, ...] = tuple(f"~{place}" for place in range(8))
"""Words that stand in a model's vocabulary and in none of its data."""

Score: TypeAlias = Callable[[Sequence[Move], int], Sequence[float]]
"""How often completions behind each of these moves are accepted, from 0 to 1.

The number is the generation: problems for it are drawn anew, and are the same for all moves.
"""


def move_set(*, instructions: Iterable[str] = (), strings: Iterable[str] = ()) -> tuple[Move, ...]:
    """The move that ends, then one for each of these words, named after themselves.

    Raises `UsageError` where two are the same.
    """
    moves = (ANSWER, *(Move(words, words) for words in (*instructions, *strings)))
    require_moves(moves)
    return moves


@dataclass(frozen=True, slots=True)
class Evolution:
    """How long strings are looked for, and how long they may be.

    ``population`` strings are scored in each generation; the better ``parents`` of them live on,
    and each of the others is a parent with one word changed, added or dropped.
    """

    words: tuple[str, ...] = MEANINGLESS
    longest: int = 4
    population: int = 12
    parents: int = 4
    generations: int = 6
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("there are no words to make strings of")
        if min(self.longest, self.generations) < 1:
            raise ValueError(f"wanted at least 1 word and 1 generation, got {self}")
        if not 1 <= self.parents < self.population:
            raise ValueError(f"{self.parents} parents of {self.population}, wanted fewer, and one")
        if sum(len(self.words) ** n for n in range(1, self.longest + 1)) < self.population:
            raise ValueError(f"there are not {self.population} different strings")


def evolved(score: Score, evolution: Evolution, *, keep: int = 2) -> tuple[Move, ...]:
    """The ``keep`` best strings of the last generation, best first.

    A string that lives on is scored again on each generation's problems and stands by its mean, so
    that one lucky draw is not taken for merit. Whether the best are better than no string at all,
    this does not say: measure it on other problems. Costs ``population`` scores a generation.
    """
    if not 1 <= keep <= evolution.population:
        raise UsageError(f"keep is {keep}, wanted 1 to {evolution.population}")
    rng = Random(f"strings {evolution.seed}")  # noqa: S311 - reproducible choices, not secrets
    known: dict[tuple[str, ...], list[float]] = {}
    living: list[tuple[str, ...]] = []
    for generation in range(evolution.generations):
        while len(living) < evolution.population:
            child = _child(living[: evolution.parents], evolution, rng)
            if child not in living:
                living.append(child)
        moves = [_move(string) for string in living]
        for string, rate in zip(living, score(moves, generation), strict=True):
            known.setdefault(string, []).append(rate)
        living.sort(key=lambda string: _mean(known[string]), reverse=True)
        if generation < evolution.generations - 1:
            del living[evolution.parents :]
    return tuple(_move(string) for string in living[:keep])


def _child(
    parents: Sequence[tuple[str, ...]], evolution: Evolution, rng: Random
) -> tuple[str, ...]:
    """A parent with one change; a string of any length where there are no parents."""
    if not parents:
        return tuple(rng.choices(evolution.words, k=rng.randint(1, evolution.longest)))
    string = list(rng.choice(parents))
    place, word = rng.randrange(len(string)), rng.choice(evolution.words)
    change = rng.choice(("change", "add", "drop"))
    if change == "add" and len(string) < evolution.longest:
        string.insert(place, word)
    elif change == "drop" and len(string) > 1:
        del string[place]
    else:
        string[place] = word
    return tuple(string)


def _move(string: Sequence[str]) -> Move:
    words = " ".join(string)
    return Move(words, words)


def _mean(rates: Sequence[float]) -> float:
    return sum(rates) / len(rates)
