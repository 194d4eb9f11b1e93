"""`soundly bench boundary`: from the command line to the table, the file and the JSON."""

from __future__ import annotations

import json
from itertools import count

import pytest

from soundly.core.errors import GeneratorError
from soundly.generators.scripted import ScriptedBy

COMMAND = ("bench", "boundary", "--family", "blocksworld")
TOWERS = (*COMMAND, "--strategy", "blocksworld-towers")


def test_a_solver_that_is_always_right_has_no_upper_end(run):
    ran = run(*TOWERS, "--sizes", "3-5")
    assert ran.code == 0
    assert "right at least 0.9 of the time up to size 5" in ran.out
    assert "not said yet" not in ran.out
    assert "no model call" in ran.out


def test_a_model_that_is_always_wrong_has_no_lower_end(run, script):
    model = script(*["no plan"] * 40)
    ran = run(*COMMAND, "--model", model, "--sizes", "3-5")
    assert ran.code == 0
    assert "not right 0.9 of the time at any size from 3 on" in ran.out


def test_on_a_short_line_no_number_is_cut(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    ran = run(*TOWERS, "--sizes", "3")
    assert "size: 3 · right: " in ran.out
    assert "…" not in ran.out


def test_the_json_holds_what_the_table_says(run):
    found = json.loads(run(*TOWERS, "--sizes", "3:9/3", "--json").out)
    assert (found["at_least"], found["below"], found["ending"]) == (9, None, "settled")
    assert [each["size"] for each in found["sizes"]] == [3, 6, 9]
    assert sum(each["right"] for each in found["sizes"]) == found["answers"]
    assert (found["strategy"], found["probability"]) == ("blocksworld-towers", 0.9)
    assert found["spend"]["calls"] == 0


def test_a_search_goes_on_from_its_file_and_asks_nothing_twice(run, tmp_path):
    file = tmp_path / "answers.jsonl"
    whole = run(*TOWERS, "--sizes", "3-6", "--json", "--out", tmp_path / "whole.jsonl")
    first = run(*TOWERS, "--sizes", "3-6", "--limit", 10, "--out", file)
    assert "not said yet: sizes" in first.out
    assert len(file.read_text().splitlines()) == 11
    second = run(*TOWERS, "--sizes", "3-6", "--json", "--out", file)
    assert json.loads(second.out)["sizes"] == json.loads(whole.out)["sizes"]
    assert file.read_text() == (tmp_path / "whole.jsonl").read_text()


def test_what_breaks_is_no_wrong_answer_and_says_why(run, script):
    search = (*COMMAND, "--model", script({"error": "no route to host"}), "--sizes", "3-5")
    ran = run(*search, "--json")
    found = json.loads(ran.out)
    assert ran.code == 30
    assert (found["at_least"], found["below"], found["ending"]) == (None, None, "broken")
    assert sum(each["wrong"] for each in found["sizes"]) == 0
    assert sum(each["broken"] for each in found["sizes"]) == 10
    assert found["reasons"] == {"no route to host (after 1 try)": 30}
    assert "broke: no route to host (after 1 try)\n" in run(*search).out


def test_of_many_reasons_the_first_is_shown_and_the_others_are_counted(run, monkeypatch):
    calls = count(1)
    model = ScriptedBy(lambda _: GeneratorError(f"outage {next(calls)}"))
    monkeypatch.setattr("soundly.config.generators.make_generator", lambda _: model)
    ran = run(*COMMAND, "--model", "any", "--sizes", "3-5")
    assert "broke: outage 1 (after 1 try); and 29 more reasons\n" in ran.out


def test_a_script_begins_anew_for_each_session(run, script):
    model = script("no plan", "no plan", {"error": "the third reply"})
    refine = ("--strategy", "refine:rounds=2")
    found = json.loads(run(*COMMAND, "--model", model, *refine, "--sizes", "3", "--json").out)
    assert (found["ending"], found["reasons"]) == ("settled", {})
    assert found["spend"]["calls"] == 2 * found["answers"]


def test_ctrl_c_shows_what_was_found_with_its_bill_and_the_file_goes_on(
    run, interrupting, tmp_path
):
    file = tmp_path / "answers.jsonl"
    command = (*COMMAND, "--model", interrupting(3), "--sizes", "3-4", "--out", file)
    ran = run(*command)
    assert ran.code == 130
    assert "interrupted: this is what was found so far" in ran.out
    assert "not said yet: size 3; it would take about 1 more answer (interrupted)" in ran.out
    assert "2 answers · 3 model calls" in ran.out
    assert f"interrupted; the same command goes on from {file}" in ran.err
    assert len(file.read_text().splitlines()) == 1 + 2
    assert "3 answers · 1 model call · " in run(*command).out


def test_ctrl_c_keeps_the_answers_before_the_first_that_is_missing(run, interrupting, tmp_path):
    file = tmp_path / "answers.jsonl"
    command = (*COMMAND, "--model", interrupting(3), "--sizes", "3", "--at-once", 5, "--out", file)
    ran = run(*command)
    assert ran.code == 130
    assert "2 answers · 5 model calls" in ran.out
    assert [json.loads(line)["seed"] for line in file.read_text().splitlines()[1:]] == [0, 1]


def test_ctrl_c_leaves_one_json_object_for_programs(run, interrupting):
    ran = run(*COMMAND, "--model", interrupting(2), "--sizes", "3-4", "--json")
    found = json.loads(ran.out)
    assert ran.code == 130
    assert (found["ending"], found["answers"], found["spend"]["calls"]) == ("interrupted", 1, 2)


def test_a_model_is_named_before_its_first_answer(run, script):
    model = script("no plan")
    ran = run(*COMMAND, "--model", model, "--sizes", "3", "--limit", 1, "--json")
    assert ran.err == f"soundly: asking {model} under single; no answer yet\n"


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_asked(run, tmp_path):
    (tmp_path / "a-file").write_text("")
    nowhere = tmp_path / "nowhere" / "answers.jsonl"
    for out, said in (
        (tmp_path / "a-file" / "x", "cannot be read"),
        (nowhere, "cannot be written"),
    ):
        ran = run(*TOWERS, "--sizes", "3", "--out", out)
        assert (ran.code, ran.out) == (2, "")
        assert f"{out}: {said}: " in ran.err
        assert ran.err.count("\n") == 1


def test_a_spent_budget_ends_the_search_and_is_no_wrong_answer(run, script):
    model = script(*["no plan"] * 40)
    ran = run(*COMMAND, "--model", model, "--sizes", "3-5", "--budget", "calls=2", "--json")
    found = json.loads(ran.out)
    assert (found["ending"], found["answers"], found["spend"]["calls"]) == ("budget", 2, 2)


def test_a_session_that_its_budget_cut_short_counts_neither_way(run, script):
    model = script(*["no plan"] * 40)
    refine = ("--strategy", "refine:rounds=4")
    ran = run(*COMMAND, "--model", model, *refine, "--budget", "calls=6", "--json")
    found = json.loads(ran.out)
    assert (found["ending"], found["answers"], found["spend"]["calls"]) == ("budget", 1, 6)


def test_an_obfuscation_is_searched_in_its_own_words(run):
    ran = run(*TOWERS, "--sizes", "3", "--obfuscation", "mystery", "--json")
    assert json.loads(ran.out)["family"] == "mystery-blocksworld"


def test_held_out_instances_are_drawn_where_the_family_says_which_they_are(run):
    held_out = json.loads(run(*TOWERS, "--sizes", "4-6", "--held-out", "--json").out)
    assert (held_out["instances"], held_out["at_least"]) == ("held-out", 6)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--probability", "1"], "probability is 1.0, wanted a number between 0 and 1"),
        (["--confidence", "0"], "confidence is 0.0"),
        (["--limit", "0"], "answers is 0, wanted 1 or more"),
        (["--sizes", "9-3"], "sizes is '9-3', wanted one as in 5, or a span"),
        (["--sizes", "3-9/0"], "sizes is '3-9/0', wanted every n-th one as in 3-30/3"),
        (["--sizes", "1-900"], "sizes are 900, wanted at most 200"),
        (["--obfuscation", "klingon"], "no obfuscation 'klingon'; there are: mystery, random"),
        (["--strategy", "single"], "strategy 'single' asks a model: name one"),
        (["--strategy", "singel"], "did you mean single"),
        (["--budget", "euros=3"], "unknown budget limit 'euros'"),
    ],
)
def test_what_cannot_be_searched_is_told_in_a_line(run, arguments, said):
    ran = run(*TOWERS, *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_the_file_of_another_search_is_refused(run, tmp_path):
    file = tmp_path / "answers.jsonl"
    run(*TOWERS, "--sizes", "3", "--limit", 2, "--out", file)
    ran = run(*TOWERS, "--sizes", "3", "--seed", 1, "--out", file)
    assert ran.code == 2
    assert "holds answers of seed '0', not of '1': name another file" in ran.err
