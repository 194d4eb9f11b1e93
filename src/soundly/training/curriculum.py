"""From small problems to large ones: the next size is taken up when the present one goes well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from soundly.training.judging import Counts

WEIGHT = 0.5
"""What the newest mean reward weighs in the running one."""
REVIEW = 0.25
"""The share of problems from smaller sizes, so that these are not forgotten."""


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Where in its ``sizes`` a run stands, and how it goes there.

    ``bound`` is the running reward above which the next size is taken up; the last one stays.
    ``running`` is the running mean reward by size, as far as the size was met.
    """

    sizes: tuple[int, ...]
    bound: float
    place: int = 0
    running: Mapping[int, float] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not self.sizes or list(self.sizes) != sorted(set(self.sizes)) or self.sizes[0] < 1:
            raise ValueError(
                f"sizes are {self.sizes}, wanted different ones from 1, smallest first"
            )
        if not 0 < self.bound <= 1:
            raise ValueError(f"bound is {self.bound}, wanted more than 0 and at most 1")
        if not 0 <= self.place < len(self.sizes):
            raise ValueError(f"place is {self.place}, wanted one of {len(self.sizes)}")

    @property
    def size(self) -> int:
        """The size that is being learnt."""
        return self.sizes[self.place]

    def draw(self, rng: Random) -> int:
        """The size of the next problem: mostly the present one, sometimes a smaller one."""
        if self.place and rng.random() < REVIEW:
            return rng.choice(self.sizes[: self.place])
        return self.size

    def after(self, counts: Mapping[int, Counts]) -> Curriculum:
        """Where it stands after these answers, counted by size; unjudged ones do not matter."""
        running = dict(self.running)
        for size, counted in counts.items():
            if (reward := counted.reward) is not None:
                before = running.get(size, reward)
                running[size] = (1 - WEIGHT) * before + WEIGHT * reward
        passed = running.get(self.size, 0.0) >= self.bound and self.size in counts
        last = self.place == len(self.sizes) - 1
        return replace(self, place=self.place + (passed and not last), running=running)
