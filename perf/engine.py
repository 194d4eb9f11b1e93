"""What the engine costs on top of waiting for models.

    python perf/engine.py

2,000 sessions of one model call that takes 0.2 s, 200 at a time, beside bare asyncio doing the
same sleeps: rounds alternate in one run, and the medians are printed with their ratio. Own time
is the processor time of a session whose model answers at once. The critic says no without
looking, so that nothing but the engine is measured; in `engine + kernel` it accepts right answers
without looking, and the kernel re-checks each certificate.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from soundly.core.events import Sink
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.store import Store
from soundly.strategies.single import single
from soundly.testing import FakeCritic, FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT

SESSIONS = 2000
CONCURRENCY = 200
LATENCY_SECONDS = 0.2
ROUNDS = 3

NO = FakeFamily(FakeCritic(reject(Critique("no", "never"))))
YES = FakeFamily(FakeCritic(ACCEPT))


async def crowd(work: Callable[[], Awaitable[object]]) -> None:
    """The work ``SESSIONS`` times, ``CONCURRENCY`` at a time."""
    jobs = iter(range(SESSIONS))

    async def worker() -> None:
        for _ in jobs:
            await work()

    async with asyncio.TaskGroup() as group:
        for _ in range(CONCURRENCY):
            group.create_task(worker())


def session(family: FakeFamily, latency: float, sinks: Sequence[Sink]) -> Awaitable[object]:
    model = Scripted([RIGHT], latency_seconds=latency, sleep=asyncio.sleep)
    return solve(PROBLEM, family=family, strategy=single, generator=model, sinks=sinks)


def wall_seconds(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    asyncio.run(crowd(work))
    return time.perf_counter() - start


def own_milliseconds(family: FakeFamily, sinks: Sequence[Sink] = ()) -> float:
    start = time.process_time()
    asyncio.run(crowd(lambda: session(family, 0.0, sinks)))
    return (time.process_time() - start) / SESSIONS * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.sqlite3") as store:
        kinds: dict[str, Callable[[], Awaitable[object]]] = {
            "bare asyncio": lambda: asyncio.sleep(LATENCY_SECONDS),
            "engine": lambda: session(NO, LATENCY_SECONDS, ()),
            "engine + kernel": lambda: session(YES, LATENCY_SECONDS, ()),
            "engine + SQLite": lambda: session(NO, LATENCY_SECONDS, (store,)),
        }
        rounds: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(ROUNDS):
            for name, work in kinds.items():
                rounds[name].append(wall_seconds(work))
        own = {
            "engine": own_milliseconds(NO),
            "engine + kernel": own_milliseconds(YES),
            "engine + SQLite": own_milliseconds(NO, (store,)),
        }
    medians = {name: statistics.median(seconds) for name, seconds in rounds.items()}
    print(f"{SESSIONS} sessions of one {LATENCY_SECONDS} s call, {CONCURRENCY} at a time")
    for name, seconds in medians.items():
        ratio = seconds / medians["bare asyncio"]
        cost = f"{own[name]:6.3f} ms own time a call" if name in own else ""
        print(f"{name:16} {seconds:6.3f} s   {ratio:5.2f} x bare   {cost}")


if __name__ == "__main__":
    main()
