"""Many searches side by side: one for a user, thousands for a simulation."""

from __future__ import annotations

import numpy as np

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.belief import Belief, Expected
from soundly.bench.boundary.betting import Flags, Indexes, Reals, log_capital, log_factor
from soundly.bench.boundary.choosing import Prospects, prospects

# A bet of four fifths of the best one grows nearly as fast, and loses less where belief was wrong.
_BOLDNESS = 0.8


class Searches:
    """Independent searches over the same number of sizes, each fed one answer at a time.

    A boundary is the number of sizes, from the smallest on, at which the aim is met: 0 to all.
    What is ruled out stays so. ``right`` and ``wrong`` count answers, (runs, sizes).
    """

    def __init__(self, aim: Aim, *, sizes: int, runs: int = 1) -> None:
        if sizes < 1 or runs < 1:
            raise ValueError(f"wanted sizes and runs from 1 on, got {sizes} and {runs}")
        self.aim = aim
        self.right = np.zeros((runs, sizes))
        self.wrong = np.zeros((runs, sizes))
        self._holds = np.zeros((runs, sizes))
        self._fails = np.zeros((runs, sizes))
        self._possible = np.ones((runs, sizes + 1), dtype=np.bool_)
        self._belief = Belief(sizes, aim.probability)

    @property
    def low(self) -> Indexes:
        """The least boundary that is not ruled out, in each run."""
        return np.asarray(self._possible.argmax(axis=1))

    @property
    def high(self) -> Indexes:
        """The greatest boundary that is not ruled out, in each run."""
        return np.asarray(self.right.shape[1] - self._possible[:, ::-1].argmax(axis=1))

    @property
    def contradicted(self) -> Flags:
        """Where every boundary is ruled out: success does not fall as one boundary wants it to."""
        return np.logical_not(self._possible.any(axis=1))

    @property
    def settled(self) -> Flags:
        """Where one boundary is left, or none."""
        return np.asarray(self._possible.sum(axis=1) <= 1)

    def expected(self) -> Expected:
        """What the belief expects of each size."""
        return self._belief.after(self.right, self.wrong)

    def prospects(self) -> Prospects:
        """The size to ask at next, and what is to be expected of it."""
        missing = self.aim.log_threshold - log_capital(self._holds, self._fails)
        return prospects(
            self.expected(),
            missing,
            self._possible,
            asked=self.right + self.wrong,
            probability=self.aim.probability,
        )

    def learn(self, index: Indexes, right: Flags) -> None:
        """Take in one answer for each run, at the size of that number.

        The bet on it rests on the answers before it alone, so answers have to come in the order in
        which they were asked for, not in that in which they arrived.
        """
        row = np.arange(len(index))
        wanted = self.aim.probability
        guess = wanted + _BOLDNESS * (self.expected().mean[row, index] - wanted)
        gained: Reals = log_factor(right, guess, wanted)
        on_holds = guess > wanted
        self._holds[row, index] += np.where(on_holds, gained, 0)
        self._fails[row, index] += np.where(on_holds, 0, gained)
        self.right[row, index] += right
        self.wrong[row, index] += ~right
        capital = log_capital(self._holds, self._fails)
        self._possible &= capital < self.aim.log_threshold

    def only(self, rows: Indexes) -> Searches:
        """These runs alone, to be continued without the others."""
        part = Searches(self.aim, sizes=self.right.shape[1], runs=len(rows))
        part.right, part.wrong = self.right[rows], self.wrong[rows]
        part._holds, part._fails = self._holds[rows], self._fails[rows]
        part._possible = self._possible[rows]
        return part
