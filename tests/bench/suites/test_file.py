"""Suites in TOML: what they say, and one clear line for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.file import parse_price, read_suite
from soundly.bench.suites.suite import Price, Selection
from soundly.core.errors import UsageError
from soundly.core.spend import Budget

GRID = {
    "families": '["blocksworld"]',
    "sizes": "[3, 4]",
    "models": '["scripted:replies.jsonl"]',
    "strategies": '["single", "kairos"]',
    "seeds": '"0-2"',
}


@pytest.fixture
def suite(tmp_path):
    """Writes a suite of one grid and reads it; a value of None leaves a key out."""

    def read(before="", **changes):
        lines = [f"{key} = {value}" for key, value in (GRID | changes).items() if value is not None]
        path: Path = tmp_path / "suite.toml"
        path.write_text("\n".join([before, "[[grid]]", *lines]))
        return read_suite(path)

    return read


def test_every_combination_is_a_cell_and_a_solver_asks_no_model(suite):
    cells = cells_of(suite(models='["scripted:a", "scripted:b"]'))
    assert len(cells) == 2 * 3 * 2 + 2 * 3
    assert {cell.model for cell in cells if cell.strategy == "kairos"} == {None}


def test_a_budget_is_that_of_each_session_and_a_part_of_the_cell(suite):
    plain = suite()
    limited = suite("[budget]\ncalls = 3\nusd = 0.5")
    assert limited.budget == Budget(calls=3, dollars=0.5)
    assert not {c.id for c in cells_of(plain)} & {c.id for c in cells_of(limited)}


def test_an_id_depends_on_the_coordinates_and_on_nothing_else(suite):
    cells = cells_of(suite(obfuscations='["none", "mystery"]'))
    assert len({cell.id for cell in cells}) == len(cells)
    again = cells_of(suite(obfuscations='["mystery", "none"]', seeds="[2, 1, 0]"))
    assert {cell.id for cell in cells} == {cell.id for cell in again}
    # written down, because a run has to find its cells again in whatever version
    assert cells[0].id == "da28b060feac0e4fb3359e01"


def test_an_obfuscated_cell_is_of_the_family_that_hides_it(suite):
    cells = cells_of(suite(obfuscations='["mystery"]', solvability='["unsolvable"]'))
    assert {cell.family_name for cell in cells} == {"mystery-blocksworld"}
    assert not any(cell.solvable for cell in cells)


def test_a_suite_without_a_name_has_that_of_its_file(suite):
    assert suite().name == "suite"
    assert suite('name = "towers"').name == "towers"


@pytest.mark.parametrize(
    ("before", "changes", "wanted"),
    [
        ("grids = 1", {}, "unknown key in .*suite.toml: 'grids'; did you mean grid"),
        ("[budget]\ncals = 1", {}, r"\[budget\]: unknown budget limit 'cals'; did you mean calls"),
        ("[budget]\ncalls = 0", {}, "calls is 0, which allows nothing"),
        ("budget = 3", {}, "a int came, wanted a table"),
        ('[prices]\n"m" = [1]', {}, r"m is \[1\], wanted \[IN, OUT\] in dollars"),
        ('[prices]\n"m" = [1, -1]', {}, "price of m: -1 dollars"),
        ("name = 3", {}, "name is 3, wanted a text"),
        ("", {"seed": "[1]"}, "unknown key in .*grid 1: 'seed'; did you mean seeds"),
        ("", {"sizes": None}, "grid 1: sizes is missing"),
        ("", {"sizes": "[]"}, "sizes is empty, so the grid has no cell"),
        ("", {"families": "[]"}, "families is empty, so the grid has no cell"),
        ("", {"sizes": '"5-3"'}, "sizes is empty, so the grid has no cell"),
        ("", {"sizes": '"three"'}, r"sizes is 'three', wanted numbers as in \[3, 4\] or \"3-8\""),
        ("", {"seeds": '"0-99999999"'}, "wanted at most 1,000,000 numbers"),
        ("", {"seeds": "[1, 1]"}, "seeds has the same value twice"),
        ("", {"families": '"blocksworld"'}, "families is 'blocksworld', wanted a list of texts"),
        ("", {"families": "[3]"}, "families is 3, wanted a text"),
        ("", {"solvability": '["solveable"]'}, "'solveable'; did you mean solvable"),
        ("", {"augmentations": '["few-shot"]'}, "'few-shot'; did you mean few-shot-cot"),
        ("", {"share": '"unsen"'}, "'unsen'; did you mean unseen"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_that_says_what_was_wanted(
    suite, before, changes, wanted
):
    with pytest.raises(UsageError, match=wanted) as caught:
        suite(before, **changes)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"families": '["blokworld"]'}, "grid 1: unknown family 'blokworld'; did you mean blocks"),
        ({"obfuscations": '["mistery"]'}, "obfuscation of family 'blocksworld' 'mistery'.*mystery"),
        ({"strategies": '["refin"]'}, "unknown strategy 'refin'; did you mean refine"),
        ({"strategies": '["refine:round=3"]'}, "option of refine 'round'; did you mean rounds"),
        (
            {"models": None, "strategies": '["sat-glucose"]'},
            "unknown strategy 'sat-glucose'; did you mean glucose",
        ),
        ({"models": None}, "models is missing, and strategy 'single' asks one"),
        ({"sizes": "[1]"}, "grid 1: size is 1, wanted 2 to 200 blocks"),
        ({"sizes": "[0]"}, "size is 0, wanted a whole number from 1 on"),
        ({"families": '["planning"]'}, "'planning' draws no instances"),
        (
            {"strategies": '["cascade"]', "augmentations": '["zero-shot-cot"]'},
            "'cascade' takes no augmentation: spell its stages",
        ),
    ],
)
def test_a_mistake_in_the_names_is_found_before_anything_runs(suite, changes, wanted):
    with pytest.raises(UsageError, match=wanted):
        cells_of(suite(**changes))


def test_a_file_that_is_not_there_and_one_that_is_no_toml_are_said_so(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read .*none\.toml"):
        read_suite(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("[[grid")
    with pytest.raises(UsageError, match=r"bad\.toml is no TOML"):
        read_suite(tmp_path / "bad.toml")


def test_a_suite_without_a_grid_is_refused(tmp_path):
    (tmp_path / "empty.toml").write_text("")
    with pytest.raises(UsageError, match=r"suite 'empty' has no \[\[grid\]\]"):
        read_suite(tmp_path / "empty.toml")


def test_a_price_is_read_with_whatever_stands_in_the_models_name():
    assert parse_price("openai-compatible:q@http://x?a=b=1,2.5") == Price(
        "openai-compatible:q@http://x?a=b", 1.0, 2.5
    )


@pytest.mark.parametrize("text", ["m", "m=1", "=1,2", "m=1,x", "m=1,nan", "m=-1,2"])
def test_a_price_that_is_none_says_what_was_wanted(text):
    with pytest.raises(UsageError, match="wanted MODEL=IN,OUT in dollars for a million tokens"):
        parse_price(text)


def test_a_sample_is_the_same_for_the_same_seed_and_keeps_the_order(suite):
    cells = cells_of(suite(seeds='"0-19"'))
    first = Selection(sample=10, seed=1).of(cells)
    assert first == Selection(sample=10, seed=1).of(cells)
    assert first != Selection(sample=10, seed=2).of(cells)
    assert len(first) == 10
    assert sorted(first, key=cells.index) == list(first)
    assert Selection(sample=10, seed=1, limit=4).of(cells) == first[:4]
    assert Selection(limit=1000, sample=1000).of(cells) == cells
