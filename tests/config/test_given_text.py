"""Words given as an option: themselves, or a file's."""

import pytest

from soundly.config.given_text import advice_of, template_of
from soundly.config.strategies import parse_strategy
from soundly.core.advice import Advice
from soundly.core.augmentation import Template
from soundly.core.errors import UsageError
from soundly.engine.describe import describe


def test_a_template_is_given_in_place_or_as_a_file(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("Ünder\n{problem}\n", encoding="utf-8")
    assert template_of("So: {problem}", what="t") == Template("So: {problem}")
    assert template_of(f"@{path}", what="t") == Template("Ünder\n{problem}\n", f"@{path}")


def test_advice_says_who_gave_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Lift a.", encoding="utf-8")
    assert advice_of("Lift a.") == Advice("Lift a.", "a person")
    assert advice_of(f"@{path}") == Advice("Lift a.", str(path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot read .*: No such file"),
        (b"\xff{problem}", "is not UTF-8"),
        (b"no place", "has {problem} 0 times, wanted once"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_in_one_line(tmp_path, content, said):
    path = tmp_path / "t.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=f"refine: template: .*{said}"):
        parse_strategy(f"refine:template=@{path}")


def test_empty_advice_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(" \n")
    with pytest.raises(UsageError, match="is empty, wanted words"):
        advice_of(f"@{path}")


def test_a_strategy_is_shown_by_its_templates_name(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("a+b,c\n{problem}")
    text = f"refine:rounds=3,template=@{path}"
    assert describe(parse_strategy(text)) == text


def test_options_that_contradict_each_other_are_refused_in_one_line():
    with pytest.raises(UsageError, match="refine: augmentation=few-shot-cot and thoughts=true"):
        parse_strategy("refine:augmentation=few-shot-cot,thoughts=true")
    with pytest.raises(UsageError, match="got 'magic', wanted one of none, zero-shot-cot"):
        parse_strategy("refine:augmentation=magic")
