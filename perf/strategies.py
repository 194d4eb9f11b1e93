"""What strategies cost on top of the calls that they make.

    python perf/strategies.py

First a race: `best_of` with 64 samples at once from a model that takes 0.2 s, beside one call of
that model and beside 64 bare ones at once; rounds alternate in one run, and the medians are printed
with their ratios. Then the own time of every registered strategy: the processor time of a session
whose model answers at once, less that of a bare loop of as many calls to the same model, divided by
the calls. The critic says no without looking and answers differ, so that every strategy goes on to
its end; solvers that a strategy consults are part of its own time.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count

from soundly.config import registry
from soundly.config.strategies import parse_strategy
from soundly.core.advice import Advice
from soundly.core.completion import Message, Request
from soundly.core.outcome import Outcome
from soundly.core.session import Strategy
from soundly.core.verdict import Critique, reject
from soundly.engine import solve
from soundly.generators.scripted import ScriptedBy
from soundly.strategies.best_of import best_of
from soundly.testing import FakeCritic, FakeFamily
from soundly.testing.fake_family import PROBLEM

SAMPLES = 64
LATENCY_SECONDS = 0.2
RACES = 7
ROUNDS = 9

ADVICE = Advice("Look twice.", "perf")
NO = FakeFamily(FakeCritic(reject(Critique("no", "never"))))
REQUEST = Request((Message("user", "?"),))
OPTIONS = {
    "adaptive-best-of": "n=64,threshold=0.001",
    "adaptive-vote": "n=64,confidence=0.999",
    "best-of": "n=64,concurrency=64",
    "move-search": "rollouts=64",
    "refine": "rounds=64",
    "rerank": "n=64",
    "vote": "n=64",
}
"""What makes a strategy make many calls; the others run as they are."""


def model(latency: float = 0.0) -> ScriptedBy:
    """Answers that are readable, wrong, and never the same twice."""
    numbers = count()

    def reply(_: Request) -> str:
        name = f"{next(numbers):b}".translate({ord("0"): "a", ord("1"): "b"})
        return f"(pick-up {name})\n(stack {name} b)"

    return ScriptedBy(reply, latency_seconds=latency, sleep=asyncio.sleep)


def session(strategy: Strategy, generator: ScriptedBy) -> Awaitable[Outcome]:
    return solve(PROBLEM, family=NO, strategy=strategy, generator=generator, advice=ADVICE)


async def one_call() -> None:
    await model(LATENCY_SECONDS).complete(REQUEST)


async def bare_race() -> None:
    generator = model(LATENCY_SECONDS)
    await asyncio.gather(*(generator.complete(REQUEST) for _ in range(SAMPLES)))


async def race() -> None:
    strategy = partial(best_of, n=SAMPLES, concurrency=SAMPLES)
    await session(strategy, model(LATENCY_SECONDS))


def wall_seconds(work: Callable[[], Awaitable[None]]) -> float:
    async def run() -> float:
        start = time.perf_counter()
        await work()
        return time.perf_counter() - start

    return asyncio.run(run())


async def processor_seconds(strategy: Strategy) -> tuple[float, int]:
    """Own time of one session in seconds, and its calls."""
    start = time.process_time()
    outcome = await session(strategy, model())
    with_strategy = time.process_time() - start
    generator = model()
    start = time.process_time()
    for _ in range(outcome.spend.calls):
        await generator.complete(REQUEST)
    return with_strategy - (time.process_time() - start), outcome.spend.calls


def own_milliseconds(text: str) -> tuple[float, int]:
    """The median over sessions, a call."""
    strategy = parse_strategy(text)
    asyncio.run(processor_seconds(strategy))  # the first one imports
    found = [asyncio.run(processor_seconds(strategy)) for _ in range(ROUNDS)]
    calls = found[0][1]
    return statistics.median(seconds for seconds, _ in found) / max(calls, 1) * 1000, calls


def main() -> None:
    kinds = {"one call": one_call, "64 bare calls": bare_race, "best_of(64)": race}
    rounds: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(RACES):
        for name, work in kinds.items():
            rounds[name].append(wall_seconds(work))
    one = statistics.median(rounds["one call"])
    print(f"{SAMPLES} samples at once from a model that takes {LATENCY_SECONDS} s")
    for name, seconds in rounds.items():
        median = statistics.median(seconds)
        print(f"{name:14} {median:6.3f} s   {median / one:5.2f} x one call")
    print("\nown time of a strategy, over a bare loop of calls to the same model")
    for name in registry.names("strategies"):
        text = f"{name}:{OPTIONS[name]}" if name in OPTIONS else name
        milliseconds, calls = own_milliseconds(text)
        print(f"{text:38} {calls:4} calls   {milliseconds:6.3f} ms a call")


if __name__ == "__main__":
    main()
