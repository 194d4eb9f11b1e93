from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.spend import Usage
from soundly.generators.prices import ListedPrice, TokenPrice

DAY = datetime(2026, 3, 1, tzinfo=UTC)
MODELS = [
    ("openai", "gpt-5-mini"),
    ("openai", "gpt-4o"),
    ("anthropic", "claude-haiku-4-5"),
    ("google", "gemini-2.5-pro"),
    ("mistral", "mistral-large-latest"),
]


@pytest.mark.parametrize(("provider", "model"), MODELS)
@given(
    bound=st.tuples(st.integers(0, 500_000), st.integers(0, 100_000)),
    parts=st.tuples(*[st.floats(0, 1)] * 4),
)
def test_no_mixture_of_tokens_within_a_bound_costs_more_than_the_bound(
    provider, model, bound, parts
):
    price = ListedPrice(provider, model)
    most = price.most(*bound, at=DAY)
    assert most is not None
    total = int(bound[0] * parts[0])
    read = int(total * parts[1])
    written = int((total - read) * parts[2])
    usage = Usage(total, int(bound[1] * parts[3]), cached_tokens=read)
    dollars = price.dollars(usage, cache_write_tokens=written, at=DAY)
    assert dollars is not None
    assert dollars <= most * (1 + 1e-12)


def test_the_bound_holds_when_all_of_the_input_is_written_to_a_dearer_cache():
    price = ListedPrice("anthropic", "claude-haiku-4-5")
    written = price.dollars(Usage(1000, 10), cache_write_tokens=1000, at=DAY)
    assert written == price.most(1000, 10, at=DAY)


def test_a_model_that_is_not_listed_has_no_price():
    price = ListedPrice("openai", "nobody-knows")
    assert price.most(1, 1, at=DAY) is None
    assert price.dollars(Usage(1, 1), cache_write_tokens=0, at=DAY) is None


def test_a_provider_that_is_not_listed_has_no_price():
    assert ListedPrice("nobody", "gpt-4o").most(1, 1, at=DAY) is None


def test_stated_prices_are_for_a_million_tokens():
    price = TokenPrice(2.0, 8.0)
    assert price.most(1_000_000, 500_000, at=DAY) == 6.0
    assert price.dollars(Usage(500_000, 0), cache_write_tokens=0, at=DAY) == 1.0
    assert price.date(DAY) is None


@pytest.mark.parametrize("wrong", [(-1.0, 0.0), (0.0, float("nan")), (float("inf"), 0.0)])
def test_a_stated_price_checks_itself(wrong):
    with pytest.raises(ValueError, match="prices must be"):
        TokenPrice(*wrong)
