"""Drawing instances beside reasoning-gym: the same puzzle at the same size, in one run.

    python perf/generation.py

Instances a second of both, and the ratio. Ours are drawn and put into words, as reasoning-gym's
items hold their question; both are asked for the same number of instances in turns, five times, and
the medians are compared. What the two draw is not the same thing throughout: the last column says
how it differs.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import reasoning_gym

from soundly.config.families import make_family
from soundly.core.family import Draws, PromptStyle

ROUNDS = 5
STYLE = PromptStyle(examples=0)


@dataclass(frozen=True)
class Pair:
    """One puzzle in both packages."""

    family: str
    size: int
    peer: str
    options: dict[str, float]
    instances: int = 200
    difference: str = ""


PAIRS = (
    Pair(
        "coloring",
        10,
        "graph_color",
        {"min_num_vertices": 10, "max_num_vertices": 10, "edge_probability": 0.43},
        difference="both have 19 edges or so",
    ),
    Pair("game24", 4, "puzzle24", {}, difference="ours is known to have a solution, by search"),
    Pair("countdown", 4, "countdown", {"min_numbers": 4, "max_numbers": 4}),
    Pair("countdown", 6, "countdown", {"min_numbers": 6, "max_numbers": 6}),
    Pair("n-queens", 8, "n_queens", {"n": 8}, difference="both remove 1 to 7 of 8 queens"),
    Pair("zebra", 4, "zebra_puzzles", {"num_people": 4, "num_characteristics": 4}, instances=50),
    Pair("arithmetic-chain", 6, "chain_sum", {"min_terms": 6, "max_terms": 6, "max_digits": 1}),
    Pair("shift-cipher", 10, "caesar_cipher", {"min_words": 10, "max_words": 10}),
    Pair(
        "multiplication",
        3,
        "products",
        {"min_digits": 3, "max_digits": 3},
    ),
)


def ours(pair: Pair) -> Callable[[int], None]:
    """Draws and words one of ours."""
    family = make_family(pair.family)
    if not isinstance(family, Draws):
        raise SystemExit(f"{pair.family} draws nothing")

    def draw(seed: int) -> None:
        family.render(family.draw(size=pair.size, seed=seed), STYLE)

    return draw


def theirs(pair: Pair) -> Callable[[int], None]:
    """Draws one of theirs, worded as it comes."""
    data = reasoning_gym.create_dataset(pair.peer, size=1_000_000, seed=1, **pair.options)

    def draw(seed: int) -> None:
        data[seed]

    return draw


def rate(draw: Callable[[int], None], first: int, count: int) -> float:
    """Instances a second."""
    start = time.perf_counter()
    for seed in range(first, first + count):
        draw(seed)
    return count / (time.perf_counter() - start)


def main() -> None:
    """One line a puzzle."""
    print(f"{'puzzle':<18}{'size':>5}{'ours/s':>10}{'theirs/s':>10}{'ratio':>8}  difference")
    for pair in PAIRS:
        own, peer = ours(pair), theirs(pair)
        own(0), peer(0)
        rates = [
            (
                rate(own, turn * pair.instances, pair.instances),
                rate(peer, turn * pair.instances, pair.instances),
            )
            for turn in range(1, ROUNDS + 1)
        ]
        mine, other = (statistics.median(column) for column in zip(*rates, strict=True))
        print(
            f"{pair.family:<18}{pair.size:>5}{mine:>10,.0f}{other:>10,.0f}{mine / other:>8.2f}"
            f"  {pair.difference}"
        )


if __name__ == "__main__":
    main()
