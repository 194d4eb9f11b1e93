"""Sessions of a store that nobody ran: models with known chances of success."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest

from soundly.core.routing import RouteChosen
from soundly.core.spend import Budget, Spend
from soundly.routing.asked import Route
from soundly.routing.choice import Question, choose
from soundly.routing.evidence import Arm
from soundly.store import SessionSummary

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
DEFAULT = Arm("scripted", "cascade", ())


@dataclass(frozen=True)
class Known:
    """A model, with its true coverage by size, and what a session of it costs."""

    coverage: Callable[[int], float]
    tokens: int = 100
    dollars: float = 0.0
    seconds: float = 1.0
    strategy: str = "single"


def session(model="scripted", strategy="single", *, problem="p", size=5, status="solved", **more):
    """One session, as a store lists it."""
    number = more.pop("number", 0)
    spend = more.pop("spend", Spend(1, 90, 10, seconds=1.0))
    return SessionSummary(
        session_id=f"s{number}",
        started_at=BEGAN + timedelta(seconds=number),
        family="blocksworld",
        problem_name=problem,
        problem_digest=problem,
        strategy=strategy,
        model=model,
        status=status,
        found_by=None,
        certificate_sha256=None,
        spent=spend,
        held=Spend(),
        unpriced_calls=more.pop("unpriced_calls", 0),
        size=size,
        guarantee=("sound",),
        **more,
    )


def drawn(models: Mapping[str, Known], sizes: Mapping[int, int], rng: Random):
    """Each model meets the same problems: so many of each size, every outcome drawn by itself."""
    return list(_drawn(models, sizes, rng))


def _drawn(
    models: Mapping[str, Known], sizes: Mapping[int, int], rng: Random
) -> Iterator[SessionSummary]:
    numbers = count()
    for size, problems in sizes.items():
        for _ in range(problems):
            problem = f"{rng.getrandbits(64):016x}"
            for name, known in models.items():
                covered = rng.random() < known.coverage(size)
                yield session(
                    name,
                    known.strategy,
                    problem=problem,
                    size=size,
                    status="solved" if covered else "unsolved",
                    number=next(numbers),
                    spend=Spend(1, known.tokens, 0, dollars=known.dollars, seconds=known.seconds),
                )


def routed(sessions, *, size: int | None = 5, unusable=lambda _: None, **asked) -> RouteChosen:
    """The route of a problem of this size."""
    budget = asked.pop("budget", Budget())
    question = Question("blocksworld", size, Route(**asked), budget)
    return choose(question, sessions, unusable=unusable, default=DEFAULT)


@pytest.fixture
def rng() -> Random:
    """A generator with a seed of its own."""
    return Random(7)
