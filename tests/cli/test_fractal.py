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


def test_on_a_short_line_no_number_is_cut(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    ran = run(*TOWERS, "--sizes", "3")
    assert "size: 3 · right: " in ran.out
    assert "…" not in ran.out


def test_the_json_holds_each_size(run):
    found = json.loads(run(*TOWERS, "--neighbours", "renamed", "--json").out)
    assert [each["size"] for each in found["sizes"]] == [3, 4]
    assert found["neighbours"] == "renamed"
    for each in found["sizes"]:
        assert (each["right"], each["wrong"], each["clusters"]) == (16, 0, 4)
        assert each["local"]["low"] < each["local"]["value"] == 0 < each["local"]["high"] < 1
        assert (each["share"]["value"], each["share"]["high"]) == (None, None)


def test_what_breaks_is_left_out_and_says_why(run, script):
    ran = run(*COMMAND, *SMALL, "--model", script({"error": "no route to host"}))
    assert "0/0" in ran.out
    assert "-: fewer than two instances with a neighbour were answered" in ran.out
    assert "3 instances left out; 10 broke" in ran.out
    assert "broke: no route to host (after 1 try)\n" in ran.out


def test_where_one_session_after_the_other_breaks_the_map_ends_as_a_search_does(run, script):
    asked = (*COMMAND, *SMALL, "--model", script({"error": "no route to host"}))
    ran = run(*asked)
    assert ran.code == 30
    assert "stopped: 10 sessions broke one after the other\n" in ran.out
    ran = run(*asked, "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["gave_up"], found["interrupted"]) == (30, True, False)
    assert found["reasons"] == {"no route to host (after 1 try)": 10}
    assert json.loads(run(*TOWERS, "--json").out)["gave_up"] is False


def test_ctrl_c_shows_the_sizes_so_far_with_their_bill_and_the_file_goes_on(
    run, interrupting, tmp_path
):
    file = tmp_path / "answers.jsonl"
    command = (*COMMAND, *SMALL, "--model", interrupting(19), "--out", file)
    ran = run(*command)
    assert ran.code == 130
    assert "interrupted: this is what was found so far" in ran.out
    assert re.search(r"^ +3 +0/14 +0\.00 \(", ran.out, re.MULTILINE)
    assert re.search(r"^ +4 +0/4", ran.out, re.MULTILINE)
    assert "18 answers · 19 model calls" in ran.out
    assert f"interrupted; the same command goes on from {file}" in ran.err
    whole = json.loads(run(*command, "--json").out)
    assert (whole["interrupted"], whole["spend"]["calls"]) == (False, 12)


def test_ctrl_c_leaves_one_json_object_for_programs(run, interrupting):
    ran = run(*COMMAND, *SMALL, "--model", interrupting(3), "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["interrupted"], found["spend"]["calls"]) == (130, True, 3)
    assert [(each["size"], each["wrong"]) for each in found["sizes"]] == [(3, 2)]


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_asked(run, tmp_path):
    ran = run(*TOWERS, "--out", tmp_path / "nowhere" / "answers.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert "answers.jsonl: cannot be written: No such file or directory" in ran.err
    assert ran.err.count("\n") == 1


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
