"""One search for a boundary, driven by whatever can answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile
from typing import TypeAlias

import anyio
import numpy as np

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.answers import Answer, Said
from soundly.bench.boundary.finding import Ending, Finding, Rise, SizeFinding
from soundly.bench.boundary.giving_up import BROKEN_IN_A_ROW
from soundly.bench.boundary.searches import Searches
from soundly.core.errors import UsageError
from soundly.statistics.confidence_sequence import confidence_sequence
from soundly.statistics.intervals import Proportion
from soundly.statistics.tally import Tally

Ask: TypeAlias = Callable[[int, int], Awaitable[Said | None]]
"""How the instance of a size and a seed is answered; None where nothing is left to spend."""

_BEYOND_USE = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search goes: ``answers`` in all, ``at_once`` under way, ``tries`` if one breaks."""

    answers: int = 1000
    at_once: int = 1
    tries: int = 3

    def __post_init__(self) -> None:
        for name in ("answers", "at_once", "tries"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted 1 or more")


class Search:
    """Takes answers in the order in which they were asked for, and says where to ask next."""

    def __init__(self, sizes: Sequence[int], aim: Aim) -> None:
        if not sizes or any(here >= there for here, there in pairwise(sizes)):
            raise UsageError(f"sizes are {list(sizes)}, wanted one or more, each above the last")
        self._sizes = tuple(sizes)
        self._searches = Searches(aim, sizes=len(self._sizes))
        self._broken: Counter[int] = Counter()
        self._seeds: Counter[int] = Counter()
        self._in_a_row = 0
        self._answers = 0

    @property
    def answers(self) -> int:
        """How many were taken in."""
        return self._answers

    @property
    def ending(self) -> Ending | None:
        """Whether the answers so far end the search."""
        if bool(self._searches.contradicted[0]):
            return "contradicted"
        if bool(self._searches.settled[0]):
            return "settled"
        return "broken" if self._in_a_row >= BROKEN_IN_A_ROW else None

    def next_size(self) -> int:
        """The size at which the next answer is worth most."""
        return self._sizes[int(self._searches.prospects().index[0])]

    def next_seed(self, size: int) -> int:
        """A seed that was not used at this size yet: the n-th call gives the n-th one."""
        self._seeds[size] += 1
        return self._seeds[size] - 1

    def learn(self, answer: Answer) -> None:
        """Take in one answer. Raises `UsageError` for a size that is not searched."""
        if answer.size not in self._sizes:
            raise UsageError(f"an answer is of size {answer.size}, which is not searched")
        self._answers += 1
        self._seeds[answer.size] = max(self._seeds[answer.size], answer.seed + 1)
        if answer.said == "broken":
            self._broken[answer.size] += 1
            self._in_a_row += 1
            return
        self._in_a_row = 0
        index = np.array([self._sizes.index(answer.size)])
        self._searches.learn(index, np.array([answer.said == "right"]))

    def finding(self, ending: Ending | None = None) -> Finding:
        """What is found so far; ``ending`` says why it ends here, where the answers do not."""
        low, high = int(self._searches.low[0]), int(self._searches.high[0])
        ending = self.ending or ending
        contradicted = ending == "contradicted"
        holds, fails = (0, 0) if self.ending in ("settled", "contradicted") else self._more()
        sizes = tuple(self._size(number) for number in range(len(self._sizes)))
        return Finding(
            self._searches.aim,
            sizes,
            None if contradicted or not low else self._sizes[low - 1],
            None if contradicted or high == len(self._sizes) else self._sizes[high],
            ending,
            holds,
            fails,
            _rises(sizes, self._searches.aim.confidence),
        )

    def _more(self) -> tuple[int | None, int | None]:
        """How many answers are missing on either side of the believed boundary."""
        view = self._searches.prospects()
        middle = int(view.middle[0])
        holds = view.to_hold[0, middle - 1] if middle > self._searches.low[0] else 0.0
        fails = view.to_fail[0, middle] if middle < self._searches.high[0] else 0.0
        return _estimate(float(holds)), _estimate(float(fails))

    def _size(self, number: int) -> SizeFinding:
        right = int(self._searches.right[0, number])
        wrong = int(self._searches.wrong[0, number])
        tally = Tally(right=right, wrong=wrong, broken=self._broken[self._sizes[number]])
        share = Proportion(right, right + wrong)
        low, high = confidence_sequence(share, self._searches.aim.confidence)
        return SizeFinding(self._sizes[number], tally, low, high)


def _estimate(answers: float) -> int | None:
    return math.ceil(answers) if answers < _BEYOND_USE else None


def _rises(sizes: Sequence[SizeFinding], confidence: float) -> tuple[Rise, ...]:
    """Pairs whose sequences lie apart the wrong way, with the doubt divided among all sizes."""
    each = 1 - (1 - confidence) / len(sizes)
    bounds = [(one.size, *confidence_sequence(one.share, each)) for one in sizes]
    return tuple(
        Rise(smaller, larger)
        for number, (smaller, _, high) in enumerate(bounds)
        for larger, low, _ in bounds[number + 1 :]
        if high < low
    )


async def find_boundary(
    ask: Ask,
    sizes: Sequence[int],
    aim: Aim,
    *,
    limits: Limits | None = None,
    known: Iterable[Answer] = (),
    seen: Callable[[Answer, Finding], None] | None = None,
) -> Finding:
    """Ask until one boundary is left, or none, or a limit is met.

    ``known`` are answers of an earlier run, in their order. ``seen`` is called with each new
    answer and what it leads to. An answer that breaks is asked for again with the same seed, up to
    ``limits.tries`` times, and then counted apart. Whatever ``ask`` raises ends the search. Where
    the search is cancelled, answers under way are lost, and with them those to later seeds.
    """
    limits = limits or Limits()
    search = Search(sizes, aim)

    def take(size: int, seeds: Sequence[int], found: Sequence[Said | None]) -> None:
        for seed, said in zip(seeds, found, strict=True):
            if said is not None:
                answer = Answer(size, seed, said)
                search.learn(answer)
                if seen is not None:
                    seen(answer, search.finding())

    for answer in known:
        search.learn(answer)
    while search.ending is None:
        left = limits.answers - search.answers
        if left < 1:
            return search.finding("answers")
        size = search.next_size()
        seeds = [search.next_seed(size) for _ in range(min(limits.at_once, left))]
        found: list[Said | None] = [None] * len(seeds)
        try:
            await _gather(partial(ask, size), seeds, limits.tries, found)
        except anyio.get_cancelled_exc_class():
            # they are paid for; one behind a gap would be learned before what was asked earlier
            whole = list(takewhile(lambda said: said is not None, found))
            take(size, seeds[: len(whole)], whole)
            raise
        take(size, seeds, found)
        if None in found:
            return search.finding("budget")
    return search.finding()


async def _gather(
    ask: Callable[[int], Awaitable[Said | None]],
    seeds: Sequence[int],
    tries: int,
    found: list[Said | None],
) -> None:
    """Puts all answers into ``found`` in the order of the seeds, whichever came first."""

    async def one(place: int) -> None:
        said: Said | None = None
        for _ in range(tries):
            said = await ask(seeds[place])
            if said != "broken":
                break
        found[place] = said

    async with anyio.create_task_group() as group:
        for place in range(len(seeds)):
            group.start_soon(partial(one, place))
