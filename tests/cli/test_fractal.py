"""`soundly bench fractal`: the map on the screen and as JSON."""

from __future__ import annotations

import json
import re

import pytest

COMMAND = ("bench", "fractal", "--family", "blocksworld", "--sizes", "3-4")
SMALL = ("--instances", 4, "--around", 1, "--samples", 2)
TOWERS = (*COMMAND, *SMALL, "--strategy", "blocksworld-towers")


def test_a_solver_that_is_always_right_is_smooth_and_nothing_is_to_tell(run):
    ran = run(*TOWERS)
    assert ran.code == 0
    assert "neighbours goal-swapped" in ran.out
    assert re.search(
        r"16/16 +0\.00 \(-0\.\d\d to 0\.\d\d\) +0\.00 \(.*\) +-$", ran.out, re.MULTILINE
    )


def test_the_json_holds_each_size(run):
    found = json.loads(run(*TOWERS, "--neighbours", "renamed", "--json").out)
    assert [each["size"] for each in found["sizes"]] == [3, 4]
    assert found["neighbours"] == "renamed"
    for each in found["sizes"]:
        assert (each["right"], each["wrong"], each["clusters"]) == (16, 0, 4)
        assert each["local"]["low"] < each["local"]["value"] == 0 < each["local"]["high"] < 1
        assert (each["share"]["value"], each["share"]["high"]) == (None, None)


def test_what_breaks_is_left_out_and_said(run, script):
    ran = run(*COMMAND, *SMALL, "--model", script("no plan"))
    assert ran.code == 0
    assert "0/1" in ran.out
    assert "8 instances left out; 29 broke" in ran.out


def test_a_spent_budget_ends_the_map(run):
    ran = run(*COMMAND, *SMALL, "--model", "blocksworld-tiny", "--budget", "calls=3", "--json")
    found = json.loads(ran.out)
    assert found["spend"]["calls"] == 3
    assert all(each["local"] is None for each in found["sizes"])


def test_a_map_that_was_stopped_goes_on_from_its_file_to_the_same_end(run, tmp_path):
    asked = (*COMMAND, *SMALL, "--model", "blocksworld-tiny", "--json")
    kept = (*asked, "--out", tmp_path / "answers.jsonl")
    whole = json.loads(run(*asked).out)
    assert json.loads(run(*kept, "--budget", "calls=20").out)["sizes"] != whole["sizes"]
    gone_on = json.loads(run(*kept).out)
    assert gone_on["sizes"] == whole["sizes"]
    assert gone_on["spend"]["calls"] == whole["spend"]["calls"] - 20
    again = json.loads(run(*kept).out)
    assert (again["sizes"], again["spend"]["calls"]) == (whole["sizes"], 0)


def test_a_file_of_another_map_or_of_a_search_is_refused(run, tmp_path):
    file = tmp_path / "answers.jsonl"
    run(*TOWERS, "--out", file)
    search = ("bench", "boundary", "--family", "blocksworld", "--strategy", "blocksworld-towers")
    for other in ((*TOWERS, "--around", 2), (*TOWERS, "--neighbours", "renamed"), search):
        ran = run(*other, "--out", file)
        assert ran.code == 2
        assert "1 goal-swapped of each, 2 samples', not of 'drawn" in ran.err


def test_sessions_are_kept_in_a_store(run, tmp_path):
    store = tmp_path / "sessions.db"
    assert run(*TOWERS, "--store", store).code == 0
    assert "blocksworld-3" in run("trace", "--store", store).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--neighbours", "renamd"], "did you mean renamed"),
        (["--samples", "1"], "samples is 1, wanted 2 or more"),
        (["--confidence", "1"], "confidence is 1.0"),
        (["--sizes", "x"], "sizes is 'x'"),
        (
            ["--family", "coloring", "--strategy", "coloring-sat", "--sizes", "4"],
            "does not state its problems in",
        ),
    ],
)
def test_what_cannot_be_mapped_is_told_in_a_line(run, arguments, said):
    ran = run(*TOWERS, *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
