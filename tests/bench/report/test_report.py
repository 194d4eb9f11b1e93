"""A report of real sessions: everything is in it, and every number leads to its sessions."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from soundly.bench.report.contents import contents, measure
from soundly.bench.report.markdown import markdown
from soundly.bench.report.page import page
from soundly.bench.report.write import PAGE, TEXT, write_report
from soundly.bench.runs.folder import MANIFEST, RESULTS, STORE, read_run
from soundly.bench.suites.cell import PLAIN
from soundly.bench.suites.given import Given
from soundly.core.errors import StoreError, UsageError
from soundly.store import Store

pytest.importorskip("altair", reason="needs the extra bench")
pytest.importorskip("vl_convert", reason="needs the extra bench")
parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra bench")

HEADINGS = (
    "Leaderboard",
    "Coverage and cost",
    "Accuracy by size",
    "Beyond the sizes trained on",
    "Competence boundary",
    "Rounds to success",
    "False plans and false unsolvables",
    "Critics",
    "What was wrong",
    "Traces",
)


class Page(HTMLParser):
    """The words of a page, its links and places, and what a browser could fetch."""

    def __init__(self, text):
        super().__init__()
        self.words, self.links, self.places, self.fetched, self.tags = [], [], [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.places.append(value)
            if name in ("src", "href", "xlink:href", "srcset"):
                (self.links if value.startswith("#") else self.fetched).append(value)

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def drawn(bench_run, tmp_path_factory):
    """The folder of the report."""
    out = tmp_path_factory.mktemp("report")
    write_report(bench_run, out)
    return out


@pytest.fixture(scope="module")
def report(bench_run):
    """The report before it is written."""
    run = read_run(bench_run)
    with Store.open(run.store, create=False) as store:
        return contents(measure(run, store))


def test_every_section_stands_in_the_page_and_in_the_text(drawn):
    said = " ".join(Page((drawn / PAGE).read_text()).words)
    text = (drawn / TEXT).read_text()
    for heading in HEADINGS:
        assert heading in said
        assert f"## {heading}" in text


def test_the_page_needs_nothing_else(drawn):
    found = Page((drawn / PAGE).read_text())
    assert found.fetched == []
    assert not found.tags & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"url\((?!#)|@import|https?://", (drawn / PAGE).read_text())


def test_every_link_has_its_place_and_every_place_is_linked(drawn):
    found = Page((drawn / PAGE).read_text())
    assert len(found.places) == len(set(found.places))
    linked = {link.removeprefix("#") for link in found.links}
    assert linked == {place for place in found.places if re.fullmatch(r"t\d+", place)}


def test_a_count_leads_to_as_many_sessions_of_the_store(report, bench_run):
    behind = {each.place: each for each in report.behind}
    leaderboard = report.sections[0].tables[0]
    (covered,) = [each for each in leaderboard.columns if each.heading == "covered"]
    with Store.open(bench_run / STORE, create=False) as store:
        for cell, link in zip(covered.cells, covered.links, strict=True):
            count = 0 if cell == "-" else int(cell.split(" of ")[0])
            assert (count == 0) == (link == "")
            if link:
                assert len(behind[link].session_ids) == count
                for session_id in behind[link].session_ids:
                    assert store.session(session_id).status in ("solved", "unsolvable")


def test_what_broke_and_was_refused_is_said_in_front(report):
    broke, refused, *_ = report.warnings
    assert re.fullmatch(r"A part broke in \d sessions?: no rate and no cost counts them\.", broke)
    assert re.match(r"In 4 sessions a call was refused, or the problem could not be put", refused)


def test_systems_that_were_asked_different_instances_are_said_in_front(report):
    """The failing model was asked the smallest size alone, and no hidden blocks at all."""
    (warning,) = [each for each in report.warnings if "not asked the same" in each]
    assert warning.startswith("Systems of family blocksworld were not asked the same instances")
    assert "soundly bench compare" in warning
    told = {each.name for each in report.pictures if "Not all were asked the same" in each.caption}
    assert told == {"size-blocksworld", "front-dollars-blocksworld", "front-tokens-blocksworld"}


def test_sessions_about_one_instance_are_said_in_front(report, bench_run):
    said = "Some sessions of a system are about the same instance"
    assert not any(each.startswith(said) for each in report.warnings)
    run = read_run(bench_run)
    plain = [each for each in run.results if each.cell.obfuscation == PLAIN]
    results = tuple(
        replace(each, cell=replace(each.cell, given=Given("p", "0" * 64, each.cell.size)))
        for each in plain
    )
    with Store.open(run.store, create=False) as store:
        warnings = contents(measure(replace(run, results=results), store)).warnings
    assert any(each.startswith(said) for each in warnings)


def test_the_leaderboard_begins_with_the_highest_coverage(report):
    (covered,) = [
        each for each in report.sections[0].tables[0].columns if each.heading == "covered"
    ]
    shares = [
        Fraction(*map(int, cell.split(" of "))) if " of " in cell else 0 for cell in covered.cells
    ]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) > 2


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 certified answer contra"), (2, "2 certified answers c")]
)
def test_certificates_that_contradict_a_label_are_said_in_front(bench_run, number, said):
    run = read_run(bench_run)
    solved = [each.session_id for each in run.results if each.status == "solved"][:number]
    results = tuple(
        replace(each, right=False) if each.session_id in solved else each for each in run.results
    )
    with Store.open(run.store, create=False) as store:
        warnings = contents(measure(replace(run, results=results), store)).warnings
    assert any(each.startswith(said) for each in warnings)


def test_names_from_elsewhere_are_text_and_never_markup(bench_run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(bench_run, folder)
    for name in (MANIFEST, RESULTS):
        text = (folder / name).read_text()
        (folder / name).write_text(text.replace('"cheap"', '"<b>|x"').replace("paper", "<i>paper"))
    run = read_run(folder)
    with Store.open(run.store, create=False) as store:
        found = contents(measure(run, store))
    assert "b" not in Page(page(found)).tags
    assert "i" not in Page(page(found)).tags
    assert "<b>" not in markdown(found)
    assert r"\<b\>\|x · single" in markdown(found)


def test_csv_and_parquet_hold_a_line_for_each_session(drawn, bench_run):
    rows = list(csv.DictReader(io.StringIO((drawn / "sessions.csv").read_text())))
    table = parquet.read_table(drawn / "sessions.parquet").to_pylist()
    results = read_run(bench_run).results
    assert len(rows) == len(table) == len(results)
    for row, line, result in zip(rows, table, results, strict=True):
        assert row["session_id"] == line["session_id"] == result.session_id
        assert line["right"] is result.right
        assert line["rounds"] == result.rounds
        assert float(row["dollars"]) == result.spend.dollars


def test_the_data_say_what_the_leaderboard_says(drawn, report):
    rows = list(csv.DictReader(io.StringIO((drawn / "leaderboard.csv").read_text())))
    shown = {row[0]: row[3] for row in report.sections[0].tables[0].rows}
    for row in rows:
        system = " · ".join(filter(None, (row["model"], row["strategy"])))
        counts = f"{row['covered']} of {row['covered_of']}"
        assert shown[system] == ("-" if row["covered_of"] == "0" else counts)


def test_sizes_beyond_the_training_split_are_shaded(report):
    sized = [each for each in report.pictures if each.name.startswith("size-")]
    captions = {each.name: each.caption for each in sized}
    assert "shaded" in captions["size-blocksworld"]
    assert "shaded" not in captions["size-mystery-blocksworld"]


def test_a_model_judge_that_likes_everything_is_found_out(report):
    (critics,) = [each for each in report.sections if each.title == "Critics"]
    tables = {table.columns[0].heading: table for table in critics.tables}
    judge = tables["self-critic says"]
    assert [column.heading for column in judge.columns[1:]] == ["right", "wrong"]
    assert judge.columns[0].cells == ("accept",)
    validator = tables["plan-validator says"]
    accepted = dict(zip(validator.columns[0].cells, validator.columns[2].cells, strict=True))
    assert validator.columns[2].heading == "unsolvable"
    assert accepted["accept"] == "0"


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"is no run: it holds no run\.json"):
        write_report(tmp_path, tmp_path / "out")


def test_a_run_without_results_is_refused_and_draws_nothing(bench_run, tmp_path):
    shutil.copy(bench_run / MANIFEST, tmp_path / MANIFEST)
    Store.open(tmp_path / STORE).close()
    with pytest.raises(UsageError, match="has no results yet: nothing to report"):
        write_report(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_store_that_is_gone_is_told(bench_run, tmp_path):
    for name in (MANIFEST, RESULTS):
        shutil.copy(bench_run / name, tmp_path / name)
    with pytest.raises((UsageError, StoreError), match="store"):
        write_report(tmp_path, tmp_path / "out")
    assert not (tmp_path / STORE).exists()


def test_a_line_that_was_half_written_is_left_out_and_said(bench_run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(bench_run, folder)
    text = (folder / RESULTS).read_text()
    (folder / RESULTS).write_text(text[: len(text) - 40])
    out = folder / "report"
    write_report(folder, out)
    text = (out / TEXT).read_text()
    assert "The last line of the results was half written, and is left out" in text
    assert "The run is not finished: 1 cells are left" not in text
    assert "The run is not finished: 1 cell is left" in text


def test_a_report_is_written_over_one_of_ours(bench_run, drawn, tmp_path):
    out = tmp_path / "again"
    shutil.copytree(drawn, out)
    assert write_report(bench_run, out)[0] == out / PAGE


@pytest.mark.parametrize("name", [PAGE, TEXT, "leaderboard.csv"])
def test_what_we_did_not_write_is_never_overwritten(bench_run, tmp_path, name):
    mine = "<html><head><title>Soundly is my favourite</title></head></html>"
    (tmp_path / name).write_text(mine)
    with pytest.raises(UsageError, match=f"{name} does not say that Soundly wrote it"):
        write_report(bench_run, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == mine
