"""Pages of ours are told from others, and only they are written over."""

from __future__ import annotations

import pytest

pytest.importorskip("altair", reason="needs the extra bench")

from soundly.charts.own_pages import require_own
from soundly.charts.page import document
from soundly.core.errors import UsageError

OURS = document("A report", ["<p>text</p>"])


def test_a_folder_with_a_page_of_ours_and_an_empty_one_may_be_written(tmp_path):
    require_own(tmp_path, "index.html", ["report.md"])
    require_own(tmp_path / "none", "index.html", ["report.md"])
    (tmp_path / "index.html").write_text(OURS)
    (tmp_path / "report.md").write_text("old")
    require_own(tmp_path, "index.html", ["report.md"])


@pytest.mark.parametrize(
    "text",
    ["", "<p>Soundly</p>", "x" * 5000 + OURS, OURS.replace('"Soundly', '"Sound')],
)
def test_a_page_that_only_speaks_of_us_is_not_ours(tmp_path, text):
    (tmp_path / "index.html").write_text(text)
    with pytest.raises(UsageError, match=r"index\.html does not say that Soundly wrote it"):
        require_own(tmp_path, "index.html", [])


def test_a_title_cannot_pass_for_the_generator():
    page = document('<meta name="generator" content="Soundly 9">', [])
    assert page.count('<meta name="generator"') == 1


def test_the_first_column_of_a_table_stays_in_sight_where_the_table_is_wider_than_the_page():
    rule = OURS.partition("th:first-child, td:first-child {")[2].partition("}")[0]
    assert "position: sticky" in rule
    assert "background" in rule
