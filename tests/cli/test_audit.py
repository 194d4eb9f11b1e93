"""`soundly audit` says what it tried, what broke, and with which exit code."""

import json
import sys

import pytest

from soundly.cli import auditing
from soundly.cli.exits import Exit
from soundly.cli.main import main
from soundly.families.coloring import critic


def test_a_sound_critic_survives_and_the_table_says_how_much_was_tried(capsys):
    assert main(["audit", "coloring", "--texts", "200", "--processes", "1"]) == Exit.OK
    out = capsys.readouterr().out
    assert "0 of " in out
    assert "0 false accepts, 0 false rejects" in " ".join(out.split())


def test_json_has_counts_and_intervals_by_attack(capsys):
    assert main(["audit", "game24", "--texts", "100", "--processes", "1", "--json"]) == Exit.OK
    (audit,) = json.loads(capsys.readouterr().out)["audits"]
    assert audit["guarantee"] == ["sound", "complete"]
    assert audit["total"]["false_accepts"]["count"] == 0
    assert 0 < audit["total"]["false_accepts"]["interval_95"][1] < 0.2
    assert audit["attacks"]["hedged"]["wrong"] > 0


def test_a_critic_that_breaks_its_word_ends_with_thirty_and_the_smallest_answer(
    capsys, monkeypatch
):
    monkeypatch.setattr(critic, "_conflicts", lambda graph, colours: iter(()))
    arguments = ["audit", "coloring", "--texts", "300", "--processes", "1"]
    assert main(arguments) == Exit.PART_BROKE
    assert "coloring, false accept, near miss" in capsys.readouterr().out


def test_a_family_whose_extra_is_missing_is_named_and_skipped_and_the_others_go_on(
    capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, "pysat", None)
    monkeypatch.setattr(auditing, "auditable", lambda: ("coloring", "game24", "zebra"))
    arguments = ["audit", "all", "--texts", "60", "--processes", "1"]
    assert main(arguments) == Exit.USAGE
    said = capsys.readouterr()
    assert "2 families skipped:" in said.out
    assert "zebra: python-sat is not installed: pip install 'soundly[sat]'" in said.out
    assert "0 false accepts" in " ".join(said.out.split())
    assert not said.err

    assert main([*arguments, "--json"]) == Exit.USAGE
    document = json.loads(capsys.readouterr().out)
    assert [each["family"] for each in document["audits"]] == ["game24"]
    assert [each["family"] for each in document["skipped"]] == ["coloring", "zebra"]
    assert all("soundly[sat]" in each["reason"] for each in document["skipped"])


def test_a_broken_guarantee_outweighs_a_missing_extra(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setattr(auditing, "auditable", lambda: ("coloring", "job-shop"))
    monkeypatch.setattr(critic, "_conflicts", lambda graph, colours: iter(()))
    arguments = ["audit", "all", "--texts", "600", "--processes", "1"]
    assert main(arguments) == Exit.PART_BROKE
    out = capsys.readouterr().out
    assert "1 family skipped:" in out
    assert "coloring, false accept, near miss" in out


def test_where_everything_is_skipped_there_is_no_table(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pysat", None)
    assert main(["audit", "coloring", "--texts", "20", "--processes", "1"]) == Exit.USAGE
    out = capsys.readouterr().out
    assert out.startswith("1 family skipped:")
    assert "soundly[sat]" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["planning"], "cannot be audited"),
        (["no-such-family"], "unknown family"),
        (["coloring", "--texts", "0"], "--texts is 0"),
        (["coloring", "--judge", "no-such-model"], "unknown model"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(capsys, arguments, said):
    assert main(["audit", *arguments]) == Exit.USAGE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_without_scipy_the_line_says_what_to_install_before_any_work(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    assert main(["audit", "coloring", "--texts", "50", "--processes", "1"]) == Exit.USAGE
    out, error = capsys.readouterr()
    assert "pip install 'soundly[bench]'" in error
    assert not out


def test_at_once_needs_a_model_that_judges(run):
    ran = run("audit", "n-queens", "--texts", 5, "--at-once")
    assert ran.code == 2
    assert "--judge" in ran.err
