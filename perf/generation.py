"""Drawing instances beside reasoning-gym: the same puzzle at the same size, in one run.

    python perf/generation.py

Instances a second of both, and two ratios: ours drawn, as a problem that can be solved and judged,
and ours drawn and put into words as well, since an item of reasoning-gym holds its question.
Both draw in turns, five times for half a second and for five instances at least, and the medians
are compared; seeds go on from turn to turn. What the two draw is not the
same thing throughout: the last column says how it differs. Coin flips are left out, because
reasoning-gym asks for a probability there, which is another puzzle.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import reasoning_gym

from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.family import Draws, PromptStyle

ROUNDS = 5
SECONDS = 0.5
FEWEST = 5
STYLE = PromptStyle(examples=0)


@dataclass(frozen=True)
class Pair:
    """One puzzle in both packages."""

    family: str
    size: int
    peer: str
    options: dict[str, float]
    difference: str


PAIRS = (
    Pair(
        "coloring",
        10,
        "graph_color",
        {"min_num_vertices": 10, "max_num_vertices": 10, "edge_probability": 0.53},
        "19 edges on average; ours hide a colouring, theirs are drawn until a greedy try succeeds",
    ),
    Pair(
        "game24",
        4,
        "puzzle24",
        {},
        "numbers to 13 in ours, to 10 in theirs; ours are dealt evenly and then searched",
    ),
    Pair(
        "countdown",
        4,
        "countdown",
        {"min_numbers": 4, "max_numbers": 4, "min_target": 10, "max_target": 100},
        "four numbers, targets from 10 to 100",
    ),
    Pair(
        "countdown",
        6,
        "countdown",
        {"min_numbers": 6, "max_numbers": 6, "min_target": 10, "max_target": 100},
        "six numbers, targets from 10 to 100",
    ),
    Pair("n-queens", 8, "n_queens", {"n": 8}, "both take 1 to 7 of 8 queens away"),
    Pair(
        "zebra",
        4,
        "zebra_puzzles",
        {"num_people": 4, "num_characteristics": 4},
        "one solution; in ours no clue could be left out",
    ),
    Pair(
        "zebra",
        5,
        "zebra_puzzles",
        {"num_people": 5, "num_characteristics": 5},
        "one solution; in ours no clue could be left out",
    ),
    Pair(
        "arithmetic-chain",
        6,
        "chain_sum",
        {"min_terms": 6, "max_terms": 6, "min_digits": 1, "max_digits": 1},
        "ours has brackets and four operations, theirs plus and minus",
    ),
    Pair(
        "sokoban",
        4,
        "sokoban",
        {"min_boxes": 4, "max_boxes": 4, "min_w": 10, "max_w": 10, "min_h": 10, "max_h": 10},
        "four boxes, 8 by 8 cells within the walls; ours is in PDDL, with its rules in words",
    ),
    Pair(
        "shift-cipher",
        10,
        "caesar_cipher",
        {"min_words": 10, "max_words": 10},
        "ours composes a text of each of three probabilities, theirs picks a line of a book",
    ),
    Pair(
        "multiplication",
        3,
        "products",
        {"min_digits": 3, "max_digits": 3},
        "ours draws by the popularity of numbers, theirs evenly",
    ),
)


def ours(pair: Pair, *, worded: bool) -> Callable[[int], None]:
    """Draws one of ours, and words it."""
    family = make_family(pair.family)
    if not isinstance(family, Draws):
        raise SystemExit(f"{pair.family} draws nothing")

    def draw(seed: int) -> None:
        problem = family.draw(size=pair.size, seed=seed)
        if worded:
            family.render(problem, STYLE)

    return draw


def theirs(pair: Pair) -> Callable[[int], None]:
    """Draws one of theirs, worded as it comes."""
    data = reasoning_gym.create_dataset(pair.peer, size=1_000_000, seed=1, **pair.options)

    def draw(seed: int) -> None:
        data[seed]

    return draw


def rate(draw: Callable[[int], None], seeds: count[int]) -> float:
    """Instances a second."""
    start, drawn = time.perf_counter(), 0
    while (spent := time.perf_counter() - start) < SECONDS or drawn < FEWEST:
        draw(next(seeds))
        drawn += 1
    return drawn / spent


def main() -> None:
    """One line a puzzle."""
    registered = set(registry.names("families"))
    print(
        f"{'puzzle':<17}{'size':>5}{'drawn/s':>10}{'worded/s':>10}{'theirs/s':>10}"
        f"{'drawn':>8}{'worded':>8}  difference"
    )
    for pair in PAIRS:
        if pair.family not in registered:
            print(f"{pair.family:<17}{pair.size:>5}  skipped: no such family is registered")
            continue
        draws = ours(pair, worded=False), ours(pair, worded=True), theirs(pair)
        seeds = count(), count(), count()
        for draw, own in zip(draws, seeds, strict=True):
            draw(next(own))  # what is made once is made now
        rounds = [
            [rate(draw, own) for draw, own in zip(draws, seeds, strict=True)] for _ in range(ROUNDS)
        ]
        drawn, worded, other = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(
            f"{pair.family:<17}{pair.size:>5}{drawn:>10,.0f}{worded:>10,.0f}{other:>10,.0f}"
            f"{drawn / other:>8.2f}{worded / other:>8.2f}  {pair.difference}",
            flush=True,
        )


if __name__ == "__main__":
    main()
