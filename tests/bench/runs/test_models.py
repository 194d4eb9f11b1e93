"""The models of a run: opened once, limited by provider, never shared where answers are played."""

from __future__ import annotations

import anyio
import pytest

from soundly.bench.runs.models import Models
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.suite import Price
from soundly.core.errors import UsageError


def cell(model, **changes):
    coordinates = {"family": "blocksworld", "size": 3, "seed": 0, "strategy": "single"}
    return Cell(**(coordinates | {"model": model} | changes))


def hosted(name, port=9):
    return f"openai-compatible:{name}@http://127.0.0.1:{port}/v1"


def with_models(function, *prices):
    async def run():
        async with Models(prices) as models:
            return function(models)

    return anyio.run(run)


def test_models_of_one_provider_share_a_limit_and_are_opened_once():
    def limits(models):
        first, second = models.of(cell(hosted("a"))), models.of(cell(hosted("b")))
        assert models.of(cell(hosted("a"))) is first
        return first is second, first._limit is second._limit

    assert with_models(limits) == (False, True)


def test_a_stated_price_makes_a_model_paid_and_known():
    def priced(models):
        models.require_prices([cell(hosted("a"))], dollars=1.0)
        return models.is_free(cell(hosted("a")))

    assert with_models(priced, Price(hosted("a"), 1.0, 2.0)) is False
    with pytest.raises(UsageError, match="has no known price"):
        with_models(priced)


def test_what_cannot_be_put_to_a_model_costs_nothing():
    claimed = cell("blocksworld-tiny", solvable=False)
    assert with_models(lambda models: models.is_free(claimed)) is True


def test_a_solver_needs_no_model():
    solver = cell(None, strategy="kairos")
    assert with_models(lambda models: (models.of(solver), models.is_free(solver))) == (None, True)
