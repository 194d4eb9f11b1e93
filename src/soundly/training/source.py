"""Where examples come from, as a recipe says it."""

from __future__ import annotations

from dataclasses import dataclass

SEARCH = "search"
"""The teacher that is no solver: the trace's own algorithm, or the shortest solution."""


@dataclass(frozen=True, slots=True)
class Source:
    """A family's instances of the sizes from ``smallest`` to ``largest``, solved by ``teacher``.

    ``instances`` seeds, from ``first_seed`` on, are tried for each size; fewer examples come of
    them where forms repeat. ``teacher`` is a solver with its options, as in
    ``blocksworld-towers:way=table``, or `SEARCH`. ``trace`` names the thought that is written down,
    of ``most_words`` at most; an algorithm that searches brings its own solution. ``swapped`` gives
    every problem the thought of another one. ``share`` is how often the source is drawn from in
    training, beside the others.
    """

    family: str
    smallest: int
    largest: int
    instances: int
    teacher: str
    trace: str = "none"
    most_words: int = 400
    swapped: bool = False
    share: float = 1.0
    first_seed: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.smallest <= self.largest:
            raise ValueError(f"sizes are {self.smallest} to {self.largest}, wanted smallest first")
        if self.instances < 1 or self.most_words < 1 or not self.share > 0:
            raise ValueError(
                f"instances is {self.instances}, most_words {self.most_words} and share "
                f"{self.share}; wanted more than 0 of each"
            )
        if self.swapped and self.trace == "none":
            raise ValueError("swapped needs a trace to swap")
