from collections.abc import Awaitable, Callable
from random import Random

import anyio
import pytest
import trio.testing
from anyio.lowlevel import checkpoint
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.errors import GeneratorError
from soundly.generators.limit import AdaptiveLimit, Limited, Window
from soundly.generators.scripted import Scripted, ScriptedBy

pytestmark = pytest.mark.anyio


def overload() -> GeneratorError:
    return GeneratorError("429", retryable=True, billed=False)


class SimulatedProvider:
    """Answers after a second while at most ``capacity`` calls are under way, else refuses.

    A refusal takes a tenth of the time. ``answered`` holds the times of the answers.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.answered: list[float] = []
        self.refused = 0
        self.most = 0
        self._running = 0

    async def call(self) -> None:
        self._running += 1
        self.most = max(self.most, self._running)
        try:
            if self._running > self.capacity:
                await anyio.sleep(0.1)
                self.refused += 1
                raise overload()
            await anyio.sleep(1.0)
            self.answered.append(anyio.current_time())
        finally:
            self._running -= 1


def in_simulated_time(main: Callable[[], Awaitable[None]]) -> None:
    """Run on a clock that jumps to the next event: hours pass at once, and always alike."""
    clock = trio.testing.MockClock(autojump_threshold=0)
    anyio.run(main, backend="trio", backend_options={"clock": clock})


async def keep_asking(
    limit: AdaptiveLimit, provider: SimulatedProvider, clients: int, until: float
) -> list[int]:
    served = [0] * clients

    async def client(number: int) -> None:
        while anyio.current_time() < until:
            try:
                async with limit.slot():
                    await provider.call()
            except GeneratorError:
                continue
            served[number] += 1

    async with anyio.create_task_group() as group:
        for number in range(clients):
            group.start_soon(client, number)
    return served


@pytest.mark.parametrize("capacity", [1, 3, 10, 50, 150])
def test_throughput_comes_near_the_capacity_and_no_client_starves(capacity):
    provider = SimulatedProvider(capacity)
    limit = AdaptiveLimit()
    served: list[int] = []

    async def main() -> None:
        start = anyio.current_time()
        served.extend(await keep_asking(limit, provider, clients=200, until=start + 200))
        late = [time for time in provider.answered if start + 50 <= time < start + 200]
        assert len(late) / 150 >= 0.7 * capacity

    in_simulated_time(main)
    if capacity >= 10:
        assert min(served) > 0.3 * max(served)


def test_refusals_stay_rare():
    provider = SimulatedProvider(50)

    async def main() -> None:
        await keep_asking(AdaptiveLimit(), provider, 200, anyio.current_time() + 200)

    in_simulated_time(main)
    assert provider.refused < 0.02 * len(provider.answered)


def test_a_lost_capacity_is_left_and_a_new_one_found():
    provider = SimulatedProvider(64)
    limit = AdaptiveLimit()

    async def main() -> None:
        await keep_asking(limit, provider, 200, anyio.current_time() + 60)
        provider.capacity = 4
        await keep_asking(limit, provider, 200, anyio.current_time() + 60)
        assert limit.size <= 8
        provider.capacity = 64
        start = anyio.current_time()
        await keep_asking(limit, provider, 200, start + 150)
        late = [time for time in provider.answered if time >= start + 100]
        assert len(late) / 50 >= 0.7 * 64

    in_simulated_time(main)


@given(
    events=st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), max_size=300),
    bounds=st.tuples(*[st.integers(1, 60)] * 3).map(sorted),
)
def test_the_window_stays_in_its_bounds_whatever_happens(events, bounds):
    minimum, initial, maximum = bounds
    window = Window(initial=initial, minimum=minimum, maximum=maximum)
    for lost, full, age in events:
        if lost:
            window.overloaded(window.generation - age)
        else:
            window.succeeded(full=full)
        assert minimum <= window.size <= maximum


def test_one_round_trip_shrinks_the_window_once():
    window = Window(initial=64)
    generation = window.generation
    for _ in range(64):
        window.overloaded(generation)
    assert window.size == 32
    window.overloaded(window.generation)
    assert window.size == 16


def test_the_window_doubles_at_first_and_later_grows_by_one_a_round_trip():
    window = Window(initial=8)
    for _ in range(8):
        window.succeeded(full=True)
    assert window.size == 16
    window.overloaded(window.generation)
    for _ in range(9):
        window.succeeded(full=True)
    assert window.size == 9


def test_an_unused_window_does_not_grow():
    window = Window(initial=8)
    for _ in range(100):
        window.succeeded(full=False)
    assert window.size == 8


@pytest.mark.parametrize(
    "wrong", [{"minimum": 0}, {"initial": 600}, {"minimum": 9}, {"decrease": 1.0}, {"decrease": 0}]
)
def test_a_window_checks_itself(wrong):
    with pytest.raises(ValueError, match="wanted"):
        Window(**wrong)


async def test_never_more_calls_run_than_the_window_allows(ask):
    limit = AdaptiveLimit(initial=3, maximum=3)
    running = most = 0

    async def call() -> None:
        nonlocal running, most
        async with limit.slot():
            running += 1
            most = max(most, running)
            await checkpoint()
            running -= 1

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(call)
    assert most == 3
    assert limit.running == 0


async def test_who_waits_is_served_in_the_order_of_asking():
    limit = AdaptiveLimit(initial=1, maximum=1)
    order: list[int] = []

    async def call(number: int) -> None:
        async with limit.slot():
            order.append(number)
            await checkpoint()

    async with anyio.create_task_group() as group:
        await limit._enter()
        for number in range(10):
            group.start_soon(call, number)
            await anyio.wait_all_tasks_blocked()
        limit._running -= 1
        limit._admit()
    assert order == list(range(10))


@pytest.mark.parametrize("seed", range(20))
async def test_cancelling_anywhere_never_loses_a_place(seed):
    rng = Random(seed)
    limit = AdaptiveLimit(initial=3, maximum=3)

    async def call(scope: anyio.CancelScope, work: int) -> None:
        with scope:
            async with limit.slot():
                for _ in range(work):
                    await checkpoint()

    async with anyio.create_task_group() as group:
        scopes = [anyio.CancelScope() for _ in range(60)]
        for scope in scopes:
            group.start_soon(call, scope, rng.randrange(4))
        for scope in rng.sample(scopes, 40):
            if rng.random() < 0.5:
                await checkpoint()
            scope.cancel()
    assert limit.running == 0
    with anyio.fail_after(5):
        async with limit.slot(), limit.slot(), limit.slot():
            assert limit.running == 3


async def test_a_cancelled_call_says_nothing_about_the_provider():
    limit = AdaptiveLimit(initial=4)
    with anyio.CancelScope() as scope:
        async with limit.slot():
            scope.cancel()
            await checkpoint()
    assert limit.size == 4


async def test_only_retryable_failures_shrink_the_window(ask):
    limit = AdaptiveLimit(initial=8)
    failures = [GeneratorError("refused"), ValueError("a bug"), overload()]
    model = Limited(Scripted(failures), limit)
    sizes = []
    for failure in failures:
        with pytest.raises(type(failure)):
            await model.complete(ask())
        sizes.append(limit.size)
    assert sizes == [8, 8, 4]


async def test_one_limit_is_shared_by_several_generators(ask):
    limit = AdaptiveLimit(initial=1, maximum=1)
    running = most = 0

    async def sleep(_: float) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await checkpoint()
        running -= 1

    models = [Limited(ScriptedBy(lambda _: "x", sleep=sleep), limit) for _ in range(5)]
    async with anyio.create_task_group() as group:
        for model in models:
            group.start_soon(model.complete, ask())
    assert most == 1
    assert models[0].quote(ask()) == Scripted([]).quote(ask())
    assert models[0].name == "scripted"
