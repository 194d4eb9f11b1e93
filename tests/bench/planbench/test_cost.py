"""What stored answers cost: exact, bounded, or unknown, and never guessed."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.planbench.cost import NOTHING, Cost, _moments, _tokens, cost_of, exact_dollars
from soundly.bench.planbench.entries import Said, said_in
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import OddFieldError
from soundly.bench.planbench.price_list import ENGINES, Dated, Engine
from soundly.bench.planbench.usage import Bill
from soundly.bench.planbench.walk import entries_in
from soundly.core.completion import Message
from soundly.core.spend import Usage
from soundly.generators.prices import TokenPrice

pytest.importorskip("genai_prices", reason="prices come from genai-prices")

AUTUMN = datetime(2024, 9, 18, 9, tzinfo=UTC)


def said(text="pick up the red block", asked="What is the plan?", **bill):
    return Said(0, (Message("user", asked),), text, True, None, Bill(**bill))


def test_dollars_that_are_stored_count_before_any_price():
    assert cost_of(said(dollars=0.25, usage=Usage(1, 1)), "o1-preview_chat") == Cost(0.25, 0.25)


def test_stored_tokens_are_paid_at_the_price_of_their_day_and_not_at_the_later_one():
    tokens = Usage(1_000_000, 1_000_000, reasoning_tokens=900_000)
    assert cost_of(said(usage=tokens, at=AUTUMN), "o1-mini_chat") == Cost(15.0, 15.0)
    assert exact_dollars(said(usage=tokens, at=AUTUMN), "o1-mini_chat") == 15.0


def test_a_day_for_which_no_price_is_known_has_no_cost():
    later = datetime(2025, 6, 1, tzinfo=UTC)
    assert cost_of(said(usage=Usage(10, 10), at=later), "o1-mini_chat") is None


@pytest.mark.parametrize(("hour", "dollars"), [(10, 2.74), (18, 0.685)])
def test_prices_by_the_hour_are_those_of_the_hour(hour, dollars):
    at = datetime(2025, 3, 3, hour, tzinfo=UTC)
    cost = cost_of(said(usage=Usage(1_000_000, 1_000_000), at=at), "deepseek-r1-api")
    assert cost is not None
    assert cost.exact == pytest.approx(dollars)


def test_a_model_that_nobody_priced_costs_an_unknown_amount():
    assert cost_of(said(), "qwen-qwq") is None
    assert exact_dollars(said(), "qwen-qwq") is None


def test_a_text_without_tokens_is_bounded_and_is_not_exact():
    cost = cost_of(said(), "gpt-4_chat")
    assert cost is not None
    assert cost.most is not None
    assert 0 < cost.least < cost.most
    assert exact_dollars(said(), "gpt-4_chat") is None


def test_what_a_model_thought_and_did_not_store_has_no_upper_bound():
    cost = cost_of(said(), "o1-preview_chat")
    assert cost is not None
    assert cost.most is None
    assert cost.bound == cost.least > 0


def test_an_answer_without_a_date_may_have_cost_any_price_of_the_time():
    tokens = Usage(1_000_000, 0)
    cost = cost_of(said(usage=tokens), "gemini-1.5-flash")
    assert (cost.least, cost.most) == pytest.approx((0.075, 0.35))


def test_an_answer_without_an_hour_may_have_cost_the_price_of_the_day_or_of_the_night():
    cost = cost_of(said(usage=Usage(1_000_000, 1_000_000)), "deepseek-r1-api")
    assert cost is not None
    assert (cost.least, cost.most) == pytest.approx((0.685, 2.74))


def test_a_sum_is_bounded_only_where_every_part_is():
    assert Cost(1.0, 2.0) + Cost(0.5, 0.5) == Cost(1.5, 2.5)
    assert (Cost(1.0, 2.0) + Cost(0.5, None)).most is None
    assert NOTHING + Cost(1.0, None) == Cost(1.0, None)


@pytest.mark.parametrize("bounds", [(-1.0, 1.0), (math.nan, 1.0), (2.0, 1.0), (0.0, math.inf)])
def test_bounds_that_are_no_amounts_are_refused(bounds):
    with pytest.raises(ValueError, match="wanted"):
        Cost(*bounds)


def test_a_price_that_holds_on_no_day_and_an_engine_of_no_time_are_refused():
    with pytest.raises(ValueError, match="no day at all"):
        Dated(TokenPrice(1, 1), "page", since=date(2024, 1, 2), until=date(2024, 1, 2))
    with pytest.raises(ValueError, match="after its answers"):
        Engine(date(2024, 2, 1), date(2024, 1, 1), ())


@given(st.text(max_size=200), st.sampled_from(sorted(ENGINES)))
def test_the_bounds_of_a_text_never_cross(text, model):
    least, most = _tokens(said(text, asked=text), ENGINES[model])
    assert (most is None) is ENGINES[model].reasons
    if most is not None:
        assert least.input_tokens <= most.input_tokens
        assert least.output_tokens <= most.output_tokens


@pytest.mark.parametrize("model", sorted(ENGINES))
def test_every_model_of_the_list_has_a_price_at_its_time(model):
    cost = cost_of(said(), model)
    assert cost is not None
    assert cost.least > 0


def test_the_bounds_hold_for_every_answer_whose_tokens_are_stored(planbench):
    checked = 0
    for entry in entries_in(Layout.of(planbench), []):
        try:
            answers = said_in(entry.fields)
        except OddFieldError:
            continue
        for answer in answers:
            if (usage := answer.bill.usage) is None:
                continue
            least, most = _tokens(answer, ENGINES[entry.place.model])
            assert least.input_tokens <= usage.input_tokens
            assert least.output_tokens <= usage.output_tokens
            assert most is None or usage.input_tokens <= most.input_tokens
            assert most is None or usage.output_tokens <= most.output_tokens
            checked += 1
    assert checked > 600


def test_their_dollars_are_what_our_price_says_of_their_tokens(planbench):
    folder = planbench / "llm_planning_analysis"
    for entry in entries_in(Layout.of(folder), [], wanted=lambda task: "zero_shot_pddl" in task):
        if entry.place.model != "o1-preview_chat":
            continue
        (answer,) = said_in(entry.fields)
        bill = answer.bill
        unpriced = Bill(usage=bill.usage, at=bill.at)
        again = Said(0, answer.asked, answer.text, None, None, unpriced)
        assert exact_dollars(again, "o1-preview_chat") == pytest.approx(bill.dollars)


def test_the_upper_bound_counts_bytes_and_what_is_not_stored():
    least, most = _tokens(said("größer", asked="zwei Wörter"), ENGINES["gpt-4_chat"])
    assert (least.input_tokens, least.output_tokens) == (2, 1)
    assert most is not None
    assert most.input_tokens >= len("zwei Wörter".encode()) + 80
    assert most.output_tokens > len("größer".encode())


def test_a_price_without_a_date_is_asked_for_on_the_first_and_on_the_last_day():
    price = Dated(TokenPrice(1, 1), "page", since=date(2024, 2, 1))
    early = Engine(date(2024, 1, 1), date(2024, 3, 1), (price,))
    late = Engine(date(2024, 2, 9), date(2024, 3, 1), (price,))
    assert {at.date() for at in _moments(early, price)} == {date(2024, 2, 1), date(2024, 3, 1)}
    assert {at.date() for at in _moments(late, price)} == {date(2024, 2, 9), date(2024, 3, 1)}
