"""`soundly bench plan` and `soundly bench run` as people type them."""

from __future__ import annotations

import json

import pytest

SUITE = """
name = "towers"
[budget]
calls = 2
[[grid]]
families = ["blocksworld"]
sizes = [3]
seeds = "0-4"
models = ["{model}"]
strategies = ["best-of:n=2", "kairos"]
"""


@pytest.fixture
def suite(tmp_path, script):
    def write(*replies):
        path = tmp_path / "towers.toml"
        path.write_text(SUITE.format(model=script(*replies)))
        return path

    return write


def test_a_plan_says_the_most_that_it_can_be_and_spends_nothing(run, suite, tmp_path):
    ran = run("bench", "plan", suite("a", "b"), "--json")
    document = json.loads(ran.out)
    assert (document["sessions"], document["problems"], document["most"]["calls"]) == (10, 5, 10)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["replies.jsonl", "towers.toml"]


def test_a_run_ends_with_0_and_says_where_everything_is(run, suite):
    path = suite("a", "b")
    ran = run("bench", "run", path, "--out", "run")
    assert ran.code == 0
    assert "10 of 10 cells done" in ran.out
    assert "solved 5 · unsolved 5" in ran.out
    assert "results  run/results.jsonl" in ran.out


def test_a_budget_that_is_spent_ends_with_20_and_a_resume_with_0(run, suite):
    path = suite("a", "b")
    ran = run("bench", "run", path, "--out", "run", "--budget", "calls=4", "--json")
    assert ran.code == 20
    assert json.loads(ran.out)["stopped"] == "budget"
    assert run("bench", "run", path, "--out", "run", "--resume").code == 0


def test_a_run_in_which_everything_breaks_ends_with_30_and_shows_the_first(run, suite):
    path = suite({"error": "no such model"})
    path.write_text(path.read_text().replace(', "kairos"', "").replace("0-4", "0-99"))
    ran = run("bench", "run", path, "--out", "run")
    assert ran.code == 30
    assert ran.out.count("refused: blocksworld size 3 seed") == 5
    assert "stopped, because every session broke or was refused" in ran.out


def test_only_a_part_is_run(run, suite):
    path = suite("a", "b")
    ran = run("bench", "run", path, "--out", "run", "--sample", 4, "--limit", 3, "--json")
    assert json.loads(ran.out)["cells"] == 3


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--budget", "euros=1"], "unknown budget limit 'euros'"),
        (["--price", "x=1,2"], "a price is stated for 'x', which the suite does not ask"),
        (["--price", "x"], "wanted MODEL=IN,OUT in dollars"),
    ],
)
def test_options_that_cannot_be_used_are_one_line(run, suite, options, wanted):
    for command in (["plan"], ["run", "--out", "run"]):
        ran = run("bench", command[0], suite("a"), *command[1:], *options)
        assert ran.code == 2
        assert wanted in ran.err
        assert ran.err.count("\n") == 1
