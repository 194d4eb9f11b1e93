"""``soundly bench report``, ``compare`` and ``export`` on the command line."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from soundly.bench.report.choosing import _named, compare_runs
from soundly.bench.report.systems import System
from soundly.bench.runs.folder import MANIFEST, STORE
from soundly.cli.main import main
from soundly.core.errors import UsageError
from soundly.store import Store

pytest.importorskip("altair", reason="needs the extra bench")


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a command, and gives its exit code, its output and its errors."""
    monkeypatch.setenv("COLUMNS", "110")

    def call(*arguments):
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_report_is_written_and_named(run, bench_run, tmp_path):
    code, out, _ = run("bench", "report", bench_run, "--out", tmp_path / "out")
    assert code == 0
    assert out.startswith(str(tmp_path / "out" / "index.html"))
    assert (tmp_path / "out" / "leaderboard.parquet").exists()


def test_sizes_that_models_were_trained_on_can_be_told(run, bench_run, tmp_path):
    code, *_ = run("bench", "report", bench_run, "--out", tmp_path / "out", "--trained", "3-8")
    assert code == 0
    assert "Beyond the sizes trained on" not in (tmp_path / "out" / "report.md").read_text()
    code, _, err = run("bench", "report", bench_run, "--trained", "8-3")
    assert code == 2
    assert "trained is '8-3', wanted one as in 5, or a span as in 3-8" in err


def test_two_systems_of_a_run_are_compared(run, bench_run):
    names = ("--system", "dear single", "--with-system", "cheap single")
    code, out, _ = run("bench", "compare", bench_run, *names)
    assert code == 0
    assert "dear · single  against  cheap · single" in out
    assert "covered by one alone" in out
    code, out, _ = run("bench", "compare", bench_run, *names, "--json")
    (found,) = json.loads(out)["comparisons"]
    assert found["overall"]["first_only"] > found["overall"]["second_only"]
    assert [each["family"] for each in found["families"]] == ["blocksworld", "mystery-blocksworld"]
    changed = found["overall"]["changed"]
    assert len(changed) == found["overall"]["first_only"] + found["overall"]["second_only"]


def test_a_name_that_is_whole_is_that_system_and_no_longer_one():
    ours = dict.fromkeys((System("m", "refine"), System("m", "refine:rounds=3")), ())
    for name in ("m refine", "m · refine"):
        assert _named(ours, Path("run"), name)[0] == System("m", "refine")
    with pytest.raises(UsageError, match="fits several systems"):
        _named(ours, Path("run"), "ref")


def test_on_a_short_line_no_number_of_a_comparison_is_cut(run, bench_run, monkeypatch):
    names = ("--system", "dear single", "--with-system", "cheap single")
    monkeypatch.setenv("COLUMNS", "40")

    def compared(*given, **options):
        (found,) = compare_runs(*given, **options)
        return (replace(found, overall=replace(found.overall, p_value=9.3e-10)),)

    monkeypatch.setattr("soundly.cli.comparison.compare_runs", compared)
    out = run("bench", "compare", bench_run, *names)[1]
    assert "p: 9.3e-10" in " ".join(out.split())
    assert "…" not in out


def test_two_runs_are_compared_system_by_system(run, bench_run):
    code, out, _ = run("bench", "compare", bench_run, bench_run, "--json")
    found = json.loads(out)["comparisons"]
    assert code == 0
    assert len(found) == 8
    assert all(each["first"] == each["second"] for each in found)
    assert {each["overall"]["p_value"] for each in found} == {1.0}


def test_one_name_stands_for_both_of_two_runs(run, bench_run):
    code, out, _ = run("bench", "compare", bench_run, bench_run, "--system", "towers", "--json")
    (found,) = json.loads(out)["comparisons"]
    assert (code, found["second"]) == (0, "blocksworld-towers")


def test_each_name_is_looked_for_in_its_own_run(run, bench_run):
    names = ("--system", "towers", "--with-system", "dear single")
    code, out, _ = run("bench", "compare", bench_run, bench_run, *names, "--json")
    (found,) = json.loads(out)["comparisons"]
    assert (code, found["first"], found["second"]) == (0, "blocksworld-towers", "dear · single")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "name two with --system and --with-system, or give a second run"),
        (("--system", "cheap"), "name two with --system and --with-system"),
        (("--system", "cheap", "--with-system", "towers"), "'cheap' fits several systems of"),
        (("--system", "towrs", "--with-system", "dear single"), "unknown system of"),
        (("--system", "towers", "--with-system", "blocks"), "are both blocksworld-towers"),
    ],
)
def test_names_that_fit_no_two_systems_are_told_in_a_line(run, bench_run, names, said):
    code, _, err = run("bench", "compare", bench_run, *names)
    assert code == 2
    assert said in err


@pytest.mark.parametrize("command", ["report", "compare", "export"])
@pytest.mark.parametrize("kind", ["nothing", "empty"])
def test_what_is_no_run_or_has_no_results_is_told_in_a_line(
    run, bench_run, tmp_path, command, kind
):
    if kind == "empty":
        shutil.copy(bench_run / MANIFEST, tmp_path / MANIFEST)
        Store.open(tmp_path / STORE).close()
    more = ("--to", "lm-eval", "--out", tmp_path / "out") if command == "export" else ()
    code, out, err = run("bench", command, tmp_path, *more)
    assert (code, out) == (2, "")
    assert ("has no results yet" if kind == "empty" else "is no run") in err


def test_an_export_counts_its_files(run, bench_run, tmp_path):
    to = ("--to", "huggingface", "--out", tmp_path / "out")
    code, out, _ = run("bench", "export", bench_run, *to)
    assert (code, out) == (0, f"2 files in {tmp_path / 'out'}\n")
