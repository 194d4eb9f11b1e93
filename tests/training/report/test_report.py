"""A report has every number of its run, in files that need nothing else."""

import re
import shutil
import struct
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from soundly.core.errors import StoreError, UsageError
from soundly.training.events import FILE, Measured, Noted, Stepped
from soundly.training.report.write import PAGE, TEXT, write_report

pytest.importorskip("altair", reason="needs the extra bench")
pytest.importorskip("vl_convert", reason="needs the extra bench")


class Page(HTMLParser):
    """The words of a page, and whatever could make a browser fetch something."""

    def __init__(self, text):
        super().__init__()
        self.words, self.fetched, self.tags = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.fetched += [v for k, v in attrs if k in {"src", "href", "xlink:href", "srcset"}]

    def handle_data(self, data):
        self.words.append(data)


def report(run):
    out = run / "report"
    write_report(run, out)
    return (out / PAGE).read_text(encoding="utf-8"), (out / TEXT).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn(run):
    """The page and the text of the run with everything."""
    return report(run)


def test_every_count_stands_in_the_page_and_in_the_text(drawn):
    page, text = drawn
    said = " ".join(Page(page).words)
    for count in ("97 of 101", "83 of 103", "3 of 107", "96 of 109", "71 of 113", "7 of 41"):
        assert count in said
        assert count in text


def test_every_rate_has_its_interval(drawn):
    page, text = drawn
    for said in (page, text):
        assert "62.8%" in said
        assert "53.2% to 71.7%" in said


def test_broken_answers_are_counted_apart(drawn):
    page, text = drawn
    sentence = "6 answers were not judged, because a critic broke"
    assert sentence in page
    assert sentence in text
    assert re.search(r"random moves \| moves \| 0 \| 31 of 127 \|.*\| 2 \| 5,432 \| 9.0 \|", text)


def test_facts_recipe_and_stages_are_shown_and_plans_are_not(drawn):
    page, text = drawn
    said = " ".join(Page(page).words)
    for each in (said, text):
        assert "device: cpu" in each
        assert 'family = "blocksworld"  # <b> & "more"' in each
        assert "600,000" in each
        assert "10,000" in each
        assert "0.75" in each
        assert "planned:" not in each


def test_the_page_fetches_nothing(drawn):
    page, _ = drawn
    parsed = Page(page)
    assert not parsed.fetched
    assert not parsed.tags & {"script", "link", "img", "iframe", "object", "base"}
    assert not re.search(r"https?:|url\(|@import", page)


def test_what_came_from_elsewhere_is_text_and_never_markup(write):
    evil = "<script>alert('x')</script>|`_*"
    run = write([Noted(evil, evil), Measured(evil, 1, evil, evil, 1, 2, 3)], recipe=f"```\n{evil}")
    page, text = report(run)
    assert "script" not in Page(page).tags
    assert not re.search(r"(?<!\\)<script", text.split("## Recipe")[0])
    assert text.count("````") == 2


def test_pictures_are_valid_svg_and_png_with_their_titles(run, tmp_path):
    files = write_report(run, tmp_path)
    names = {path.name for path in files}
    pictures = {path.stem for path in files if path.suffix == ".svg"}
    assert pictures == {
        "valid-by-size", "valid-trace-by-size", "solved", "loss-sft", "loss-grpo", "reward-grpo"
    }  # fmt: skip
    assert {f"{picture}.png" for picture in pictures} < names
    for path in files:
        if path.suffix == ".svg":
            root = ET.fromstring(path.read_text(encoding="utf-8"))
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
        elif path.suffix == ".png":
            content = path.read_bytes()
            assert content.startswith(b"\x89PNG\r\n\x1a\n")
            assert content.endswith(b"IEND\xaeB`\x82")
            assert struct.unpack(">I", content[16:20])[0] > 1000
    assert "Valid by size" in (tmp_path / "valid-by-size.svg").read_text(encoding="utf-8")


def test_sizes_beyond_training_are_shaded_where_the_run_says_what_it_was_trained_on(write):
    measured = [Measured("sft", 1, "valid", "a", 1, 2, size) for size in (3, 4, 9)]
    shaded, _ = report(write([Noted("data", "trained sizes 3 to 4"), *measured]))
    assert "sizes not trained on" in shaded


def test_nothing_is_shaded_where_all_sizes_were_trained_on(write):
    measured = [Measured("sft", 1, "valid", "a", 1, 2, size) for size in (3, 4, 9)]
    page, _ = report(write([Noted("data", "trained sizes 2 to 9"), *measured]))
    assert "sizes not trained on" not in page


def test_a_torn_last_line_is_passed_over(run, tmp_path, drawn):
    torn = tmp_path / "a-run"
    shutil.copytree(run, torn)
    with (torn / FILE).open("a", encoding="utf-8") as file:
        file.write('{"event": "Measured", "stage": "sft", "ste')
    assert report(torn) == drawn


def test_a_series_of_which_nothing_was_judged_has_a_line_in_the_table_and_no_point(write):
    page, text = report(write([Measured("sft", 1, "valid", "a", 0, 0, 3, broken=4)]))
    assert "<svg" not in page
    assert "| a | sft | 1 | 3 | 0 of 0 | - | - | 4 |" in text


def test_a_loss_that_is_no_number_is_counted_and_not_drawn(write):
    steps = [Stepped("sft", n, float("nan"), n, float(n), 1e-3) for n in (1, 2)]
    page, text = report(write(steps))
    assert "<svg" not in page
    assert "steps without a finite loss" in text


@pytest.mark.parametrize("events", [[], None])
def test_a_folder_without_events_has_no_report(tmp_path, events):
    if events is not None:
        (tmp_path / FILE).touch()
    with pytest.raises(UsageError, match="events"):
        write_report(tmp_path, tmp_path / "report")
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    ("module", "package"), [("altair", "altair"), ("vl_convert", "vl-convert-python")]
)
def test_what_draws_is_named_where_it_is_missing(run, tmp_path, monkeypatch, module, package):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"{package} is not installed: .*soundly\[bench\]"):
        write_report(run, tmp_path / "report")


def test_a_report_that_cannot_be_written_says_where(write, tmp_path):
    run = write([Measured("sft", 1, "valid", "a", 1, 2)])
    (tmp_path / "taken").write_text("in the way")
    with pytest.raises(UsageError, match=r"cannot write to .*taken"):
        write_report(run, tmp_path / "taken")


def test_a_file_that_cannot_be_replaced_is_a_failure_of_the_store(write, tmp_path):
    run = write([Measured("sft", 1, "valid", "a", 1, 2)])
    (tmp_path / "report" / PAGE).mkdir(parents=True)
    with pytest.raises(StoreError, match=r"cannot write .*index\.html"):
        write_report(run, tmp_path / "report")
    assert not list((tmp_path / "report").glob("*.partial"))
