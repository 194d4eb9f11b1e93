"""Budgets as people type them."""

import pytest

from soundly.config.budget import parse_budget
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.spend import Budget


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("", Budget()),
        ("calls=10", Budget(calls=10)),
        ("usd=0.5,calls=10,seconds=60", Budget(calls=10, seconds=60.0, dollars=0.5)),
        (" tokens = 5000 , usd = 1e-3 ", Budget(tokens=5000, dollars=0.001)),
    ],
)
def test_limits_are_pairs_joined_by_commas(text, budget):
    """In any order, with any spaces; an empty text limits nothing."""
    assert parse_budget(text) == budget


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("calls=0", "allows nothing"),
        ("usd=0", "allows nothing"),
        ("calls=-1", "wanted a whole number above 0"),
        ("calls=1.5", "wanted a whole number above 0"),
        ("seconds=nan", "wanted a number above 0"),
        ("seconds=inf", "wanted a number above 0"),
        ("usd=cheap", "wanted a number above 0"),
        ("calls", "wanted key=value pairs"),
        ("calls=", "wanted key=value pairs"),
        ("=3", "wanted key=value pairs"),
        ("calls=1,calls=2", "calls is given twice"),
    ],
)
def test_what_limits_nothing_or_everything_is_refused(text, message):
    """A slip in a budget must not turn into an open purse, nor into a shut one."""
    with pytest.raises(UsageError, match=message):
        parse_budget(text)


def test_an_unknown_limit_gets_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean"):
        parse_budget("second=3")


@pytest.mark.parametrize("word", ["dollars", "Dollar", "cost", "$"])
def test_other_words_for_money_get_the_one_that_is_known(word):
    """Dollars are spelled usd, and no word for money is spelled nearly so."""
    with pytest.raises(UsageError, match=r"unknown budget limit '.+'; did you mean usd\?$"):
        parse_budget(f"{word}=1")
