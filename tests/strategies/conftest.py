"""A session to run strategies in."""

import pytest

from soundly.engine import solve
from soundly.generators.retry import RetryPolicy
from soundly.generators.scripted import Scripted
from soundly.testing import FakeFamily
from soundly.testing.fake_family import PROBLEM


@pytest.fixture
def run():
    """Runs a strategy on two blocks under a script; gives the outcome and the script."""

    async def run(strategy, texts=(), *, critic=None, **options):
        model = options.pop("generator", None) or Scripted(texts)
        family = FakeFamily() if critic is None else FakeFamily(critic)
        outcome = await solve(
            PROBLEM,
            family=family,
            strategy=strategy,
            generator=model,
            retry=RetryPolicy(max_tries=1),
            **options,
        )
        return outcome, model

    return run
