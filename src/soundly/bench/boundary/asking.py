"""A model under a strategy as something that answers a size and a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from soundly.bench.boundary.answers import Said
from soundly.bench.boundary.bill import Bill
from soundly.config import registry
from soundly.config.face import solve
from soundly.config.families import draw, make_family
from soundly.config.strategies import needs_model
from soundly.core.completion import Generator
from soundly.core.errors import PartError, UsageError
from soundly.core.events import Sink
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.core.spend import Budget, Spend
from soundly.core.splits import Split, Splits, draw_from
from soundly.generators.rewinding import Rewinds

_SEEDS_APART = 1_000_000
_Amount = TypeVar("_Amount", int, float)


@dataclass(frozen=True, slots=True)
class Instances:
    """Instances of a family, by size and seed; ``held_out`` leaves out what may be trained on."""

    family: str
    seed: int = 0
    held_out: bool = False

    def draw(self, size: int, number: int) -> Problem:
        """The instance of that number: the same one every time.

        Raises `UsageError` for a size that the family does not draw, or has nothing held out of.
        """
        seed = self.seed * _SEEDS_APART + number
        family = make_family(self.family)
        if self.held_out:
            if not isinstance(family, Splits):
                raise UsageError(f"family {self.family} does not say what may be trained on")
            split: Split = "beyond" if size > family.dial.trained else "held-out"
            return draw_from(family, split, size=size, seed=seed)
        return draw(self.family, size=size, seed=seed)


class System:
    """Sessions of a model under a strategy, within one budget for all of them together.

    A model that plays answers in an order begins anew for each session, as in a suite, so what a
    session is answered does not depend on those before it. ``reasons`` are those of the sessions
    that broke, in the order in which they came, each with how often.
    """

    def __init__(
        self,
        instances: Instances,
        *,
        model: Generator | None,
        strategy: str,
        budget: Budget,
        at_once: int = 1,
        sinks: Sequence[Sink] = (),
    ) -> None:
        if model is None and needs_model(strategy):
            raise UsageError(f"strategy {strategy!r:.80} asks a model: name one")
        self.reasons: Counter[str] = Counter()
        self._bill = Bill()
        self._instances = instances
        self._model = model
        self._strategy = strategy
        self._budget = budget
        self._at_once = at_once
        self._sinks = (self._bill, *sinks)

    @property
    def spent(self) -> Spend:
        """What all sessions that have ended spent, those that were cut short included."""
        return self._bill.spent

    async def ask(self, size: int, number: int) -> Said | None:
        """How the instance of that size and number is answered; see `answer`."""
        seed = self._instances.seed * _SEEDS_APART + number
        return await self.answer(self._instances.draw(size, number), seed)

    async def answer(self, problem: Problem, seed: int) -> Said | None:
        """How the problem is answered; None where the budget did not last.

        Right is what ended SOLVED or UNSOLVABLE, so certified; broken is what raised a `PartError`.
        """
        left = self._left()
        if left is None:
            return None
        try:
            outcome = await solve(
                problem,
                model=self._rewound(),
                strategy=self._strategy,
                budget=left,
                seed=seed,
                sinks=self._sinks,
            )
        except PartError as error:
            self.reasons[str(error)] += 1
            return "broken"
        if outcome.status is Status.EXHAUSTED:
            return None
        return "right" if outcome.status in (Status.SOLVED, Status.UNSOLVABLE) else "wrong"

    def _rewound(self) -> Generator | None:
        """The model as if nobody had asked it yet, where that makes a difference."""
        if self._model is None:
            return None
        return self._model.rewound() if isinstance(self._model, Rewinds) else self._model

    def _left(self) -> Budget | None:
        """What one of the sessions under way may spend; None where there is nothing."""
        limits, spent, parts = self._budget, self.spent, self._at_once
        calls = _rest(limits.calls, spent.calls)
        tokens = _rest(limits.tokens, spent.tokens)
        seconds = _rest(limits.seconds, spent.seconds)
        dollars = _rest(limits.dollars, spent.dollars)
        if any(rest is not None and rest <= 0 for rest in (calls, tokens, seconds, dollars)):
            return None
        return Budget(
            calls=None if calls is None else calls // parts,
            tokens=None if tokens is None else tokens // parts,
            seconds=None if seconds is None else seconds / parts,
            dollars=None if dollars is None else dollars / parts,
        )


def _rest(limit: _Amount | None, spent: _Amount) -> _Amount | None:
    return None if limit is None else limit - spent


def obfuscated(family: str, obfuscation: str | None) -> str:
    """The name of the family in other words: ``mystery`` of ``blocksworld``, say.

    Raises `UsageError` where no such family is registered.
    """
    if obfuscation is None:
        return family
    name = f"{obfuscation}-{family}"
    known = [each for each in registry.names("families") if each.endswith(f"-{family}")]
    if name not in registry.names("families"):
        there = ", ".join(each.removesuffix(f"-{family}") for each in known) or "none"
        raise UsageError(
            f"family {family} has no obfuscation {obfuscation!r:.80}; there are: {there}"
        )
    return name
