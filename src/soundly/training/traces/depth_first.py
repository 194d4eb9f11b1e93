"""Depth-first search, with every step forward and every way back written down.

The manner is Stream of Search's (arXiv:2404.03683, section 3): ``explore OPERATOR STATE`` goes on
to a state, ``backtrack STATE`` returns to the nearest one on the path from which something is
untried, ``found`` stands at a goal. No state is explored twice.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from random import Random

from soundly.core.notation import SearchSpace, Words
from soundly.training.traces.depth_first_judge import BACKTRACK, EXPLORE, FOUND, judge
from soundly.training.traces.written import Judgement, Written


@dataclass(frozen=True, slots=True)
class DepthFirst:
    """Depth-first search that tries first what has the least estimate; the seed decides ties.

    The start is explored first, by no operator. Solutions may be long: each is the path on which
    the search stood when it came to a goal.
    """

    words: Words = (EXPLORE, BACKTRACK, FOUND)

    def write(
        self,
        space: SearchSpace,
        *,
        seed: int,
        most_words: int,
        plan: Words | None = None,  # noqa: ARG002 - it finds its own
    ) -> Written | None:
        """The run; None where it is longer, or ends without a goal."""
        rng = Random(seed)  # noqa: S311 - traces are no secrets
        trace: list[str] = [EXPLORE, *space.words(space.start)]
        explored = {space.start}
        path = [_Place(space.start, (), _by_estimate(space, space.start, rng))]
        while len(trace) < most_words:
            if space.estimate(path[-1].state) == 0:
                solution = (word for place in path for word in place.operator)
                return Written((*trace, FOUND), tuple(solution))
            step = path[-1].untried(explored)
            if step is not None:
                operator, state = step
                explored.add(state)
                path.append(_Place(state, operator, _by_estimate(space, state, rng)))
                trace += (EXPLORE, *operator, *space.words(state))
                continue
            while path and path[-1].untried(explored) is None:
                path.pop()
            if not path:
                return None
            trace += (BACKTRACK, *space.words(path[-1].state))
        return None

    def judge(self, space: SearchSpace, trace: Words, solution: Words) -> Judgement:
        """Whether it is a run of depth-first search, in whichever order it tries things.

        ``ends_in_solution`` holds for the path on which it stands at the goal, and for no other.
        """
        return judge(space, trace, solution)


@dataclass
class _Place:
    """A state on the path, the operator that led to it, and what to try there, the best last."""

    state: Hashable
    operator: Words
    choices: list[tuple[Words, Hashable]]

    def untried(self, explored: set[Hashable]) -> tuple[Words, Hashable] | None:
        """The next choice that leads to a new state."""
        while self.choices and self.choices[-1][1] in explored:
            self.choices.pop()
        return self.choices[-1] if self.choices else None


def _by_estimate(space: SearchSpace, state: Hashable, rng: Random) -> list[tuple[Words, Hashable]]:
    steps = list(space.successors(state))
    ranks = [(-space.estimate(after), rng.random()) for _, after in steps]
    return [steps[place] for place in sorted(range(len(steps)), key=ranks.__getitem__)]
