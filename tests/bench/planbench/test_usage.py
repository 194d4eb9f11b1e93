"""What a stored response says of its cost, in the forms of three providers."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from soundly.bench.planbench.usage import Bill, bill_of, text_of
from soundly.core.spend import Usage

MORNING = datetime(2024, 9, 18, 9, tzinfo=UTC)

OPENAI = {
    "choices": [
        {"finish_reason": "length", "message": {"content": "a plan", "reasoning_content": "hm"}}
    ],
    "costs": {"input": 0.1, "output": 0.15, "total": 0.25},
    "created": int(MORNING.timestamp()),
    "model": "o1-mini-2024-09-12",
    "usage": {
        "prompt_tokens": 20,
        "completion_tokens": 9,
        "total_tokens": 29,
        "completion_tokens_details": {"reasoning_tokens": 7},
        "prompt_tokens_details": {"cached_tokens": 4},
    },
}
ANTHROPIC = {
    "model": "claude-3-opus-20240229",
    "stop_reason": "max_tokens",
    "usage": {"input_tokens": 20, "output_tokens": 9},
}
BEDROCK = {
    "costs": {"input": 0, "output": 0, "total": 0},
    "generation": "a plan",
    "generation_token_count": 9,
    "prompt_token_count": 20,
    "stop_reason": "stop",
}


@pytest.mark.parametrize(
    ("response", "bill"),
    [
        (
            OPENAI,
            Bill(Usage(20, 9, 7, 4), 0.25, MORNING, "length", "o1-mini-2024-09-12", "hm"),
        ),
        (ANTHROPIC, Bill(Usage(20, 9), None, None, "length", "claude-3-opus-20240229")),
        (BEDROCK, Bill(Usage(20, 9), None, None, "stop")),
        ({}, Bill()),
        (None, Bill()),
        ("a plan", Bill()),
    ],
)
def test_a_bill_is_read_in_every_form(response, bill):
    assert bill_of(response) == bill


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("stop", "stop"),
        ("end_turn", "stop"),
        ("length", "length"),
        ("max_tokens", "length"),
        ("content_filter", "filter"),
        ("tool_calls", "other"),
        (None, "other"),
        (["stop"], "other"),
    ],
)
def test_the_end_of_an_answer_is_known_under_every_name(said, meant):
    assert bill_of({"choices": [{"finish_reason": said}]}).finish_reason == meant
    assert bill_of({"stop_reason": said}).finish_reason == meant


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 20},
        {"completion_tokens": 9},
        {"prompt_tokens": 20, "completion_tokens": -1},
        {"prompt_tokens": "20", "completion_tokens": 9},
        {
            "prompt_tokens": 20,
            "completion_tokens": 9,
            "completion_tokens_details": {"reasoning_tokens": 10},
        },
        [20, 9],
    ],
)
def test_half_a_count_is_none(usage):
    assert bill_of({"usage": usage}).usage is None


@pytest.mark.parametrize("total", [0, -0.5, math.inf, math.nan, True, "0.25", None])
def test_what_is_no_amount_is_an_unknown_price(total):
    assert bill_of({"costs": {"total": total}}).dollars is None


@pytest.mark.parametrize("created", [0, -5, 2**33, True, "1726650000", 1726650000.5])
def test_what_is_no_moment_is_no_date(created):
    bill = bill_of({"created": created})
    assert (bill.at, bill.date) == (None, None)


def test_the_day_of_an_answer_is_that_of_utc():
    assert bill_of(OPENAI).date == "2024-09-18"


@pytest.mark.parametrize(
    ("response", "text"),
    [
        (OPENAI, "a plan"),
        (BEDROCK, "a plan"),
        ({"response": "a plan"}, "a plan"),
        ({"generation": None, "response": "a plan"}, "a plan"),
        ({"choices": []}, None),
        (None, None),
    ],
)
def test_the_text_is_found_in_every_form(response, text):
    assert text_of(response) == text
