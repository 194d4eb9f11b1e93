from random import Random

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.errors import BudgetExhausted, GeneratorError
from soundly.generators.retry import Retrying, RetryPolicy
from soundly.generators.scripted import Scripted

pytestmark = pytest.mark.anyio


class Clock:
    """Counts the seconds that it was asked to sleep, and does not sleep."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await anyio.lowlevel.checkpoint()


def overload(retry_after_seconds: float | None = None, *, billed: bool = True) -> GeneratorError:
    return GeneratorError(
        "overloaded", retryable=True, retry_after_seconds=retry_after_seconds, billed=billed
    )


async def test_a_retryable_error_is_tried_again_until_an_answer_comes(ask):
    clock = Clock()
    raw = Scripted([overload(), overload(), "answer"])
    completion = await Retrying(raw, sleep=clock.sleep).complete(ask())
    assert completion.text == "answer"
    assert len(raw.requests) == 3
    assert len(clock.slept) == 2


async def test_the_last_error_says_how_many_tries_were_made_and_keeps_its_facts(ask):
    raw = Scripted([overload(billed=False)] * 9)
    with pytest.raises(GeneratorError, match=r"overloaded \(after 3 tries\)") as caught:
        await Retrying(raw, RetryPolicy(max_tries=3), sleep=Clock().sleep).complete(ask())
    assert len(raw.requests) == 3
    assert caught.value.retryable
    assert not caught.value.billed
    assert isinstance(caught.value.__cause__, GeneratorError)


@pytest.mark.parametrize(
    "failure",
    [
        GeneratorError("refused"),
        BudgetExhausted("calls", maximum=1, wanted=2),
        ValueError("a bug"),
    ],
)
async def test_nothing_else_is_tried_again(ask, failure):
    raw = Scripted([failure, "answer"])
    with pytest.raises(type(failure)):
        await Retrying(raw, sleep=Clock().sleep).complete(ask())
    assert len(raw.requests) == 1


async def test_a_spent_budget_between_tries_passes_through_as_it_is(ask):
    signal = BudgetExhausted("calls", maximum=1, wanted=2)
    with pytest.raises(BudgetExhausted) as caught:
        await Retrying(Scripted([overload(), signal]), sleep=Clock().sleep).complete(ask())
    assert caught.value is signal


async def test_the_wait_is_never_shorter_than_the_provider_asked(ask):
    clock = Clock()
    raw = Scripted([overload(retry_after_seconds=20.0), "answer"])
    await Retrying(raw, sleep=clock.sleep).complete(ask())
    assert 20.0 <= clock.slept[0] <= 20.5


async def test_a_provider_that_asks_for_too_long_a_wait_gets_no_further_try(ask):
    clock = Clock()
    raw = Scripted([overload(retry_after_seconds=31.0), "answer"])
    with pytest.raises(GeneratorError, match="after 1 try") as caught:
        await Retrying(raw, sleep=clock.sleep).complete(ask())
    assert clock.slept == []
    assert caught.value.retry_after_seconds == 31.0


@given(
    base=st.floats(min_value=0, max_value=100),
    longest=st.floats(min_value=0, max_value=100),
    tries=st.integers(min_value=1, max_value=5000),
    seed=st.integers(),
)
def test_every_wait_lies_between_zero_and_the_doubling_ceiling(base, longest, tries, seed):
    policy = RetryPolicy(max_tries=10_000, base_seconds=base, max_seconds=longest)
    wait = policy.wait_seconds(tries, overload(), Random(seed))
    assert wait is not None
    assert 0 <= wait <= longest
    assert wait <= base * 2.0 ** min(tries - 1, 64)


def test_waits_are_spread_over_the_whole_range():
    policy = RetryPolicy(base_seconds=8.0)
    rng = Random(0)
    waits = [policy.wait_seconds(1, overload(), rng) for _ in range(1000)]
    assert min(waits) < 0.5
    assert max(waits) > 7.5


async def test_cancelling_a_wait_ends_it(ask):
    raw = Scripted([overload(), "answer"])

    with anyio.CancelScope() as scope:

        async def cancel_instead_of_sleeping(_: float) -> None:
            scope.cancel()
            await anyio.sleep_forever()

        await Retrying(raw, sleep=cancel_instead_of_sleeping).complete(ask())
    assert scope.cancelled_caught
    assert len(raw.requests) == 1


def test_the_quote_is_that_of_one_try(ask):
    raw = Scripted([])
    assert Retrying(raw).quote(ask()) == raw.quote(ask())
    assert Retrying(raw).name == raw.name


@pytest.mark.parametrize(
    "wrong", [{"max_tries": 0}, {"base_seconds": -1.0}, {"max_seconds": float("nan")}]
)
def test_a_policy_checks_itself(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RetryPolicy(**wrong)
