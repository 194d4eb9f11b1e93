"""`soundly verify`: one plan, or a batch of them."""

from __future__ import annotations

import io
import json
import sys

import pytest

from soundly.cli.batch import judged_lines
from soundly.cli.exits import Exit
from soundly.cli.judge import Judge
from soundly.core.errors import CriticError
from soundly.families.planning.critic import PlanCritic


def line(blocks, answer, **changes):
    domain, problem = map(str, blocks)
    return json.dumps({"domain": domain, "problem": problem, "answer": answer} | changes)


def test_a_right_plan_is_accepted_with_code_0(run, blocks, plan, tmp_path):
    (tmp_path / "plan").write_text("\n".join(plan))
    ran = run("verify", *blocks, "plan")
    assert (ran.code, ran.err) == (0, "")
    assert "ACCEPTED" in ran.out


def test_a_rejection_has_code_11_and_marks_the_failing_step_with_its_reason(
    run, blocks, plan, tmp_path
):
    (tmp_path / "plan").write_text("\n".join(plan[:2] + plan[3:]))
    ran = run("verify", *blocks, "plan")
    assert ran.code == 11
    assert "✗ 3 (put-down c)" in ran.out
    assert "needs (holding c)" in ran.out


def test_a_raw_answer_on_standard_input_is_read_like_a_plan(run, blocks, plan, monkeypatch):
    text = "Here you are:\n[PLAN]\n" + "\n".join(plan) + "\n[PLAN END]\nGood luck!"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run("verify", *blocks, "-").code == 0


@pytest.mark.parametrize("answer", [b"", b"no plan in here", bytes(range(256))])
def test_what_holds_no_plan_is_not_accepted(run, blocks, tmp_path, answer):
    (tmp_path / "plan").write_bytes(answer)
    ran = run("verify", *blocks, "plan")
    assert ran.code == 11
    assert "NO PLAN COULD BE READ" in ran.out


def test_a_claim_of_unsolvability_is_no_accepted_plan(run, blocks, tmp_path):
    (tmp_path / "plan").write_text("[NO PLAN]")
    ran = run("verify", *blocks, "plan", "--json")
    assert ran.code == 11
    assert json.loads(ran.out)["verdict"] == "unknown"


def test_a_long_plan_is_judged_whole_and_shown_in_part(run, blocks, tmp_path):
    (tmp_path / "plan").write_text("(pick-up b)\n(put-down b)\n" * 20_000)
    ran = run("verify", *blocks, "plan")
    assert ran.code == 11
    assert "40,000 steps" in ran.out
    assert ran.out.count("\n") < 60


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "wanted DOMAIN PROBLEM PLAN"),
        (["d.pddl", "p.pddl"], "wanted DOMAIN PROBLEM PLAN"),
        (["{domain}", "{problem}", "nowhere"], "cannot read nowhere"),
        (["{domain}", "{problem}", "."], "Is a directory"),
        (["--batch", "nowhere"], "cannot read nowhere"),
        (["{domain}", "--batch", "nowhere"], "leave DOMAIN PROBLEM PLAN out"),
        (["{domain}", "{problem}", "p", "--family", "plannin"], "did you mean planning"),
    ],
)
def test_input_that_cannot_be_used_is_one_line_and_code_2(run, blocks, arguments, says):
    names = {"domain": blocks[0], "problem": blocks[1]}
    ran = run("verify", *(argument.format(**names) for argument in arguments))
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err


def test_a_batch_answers_every_line_in_order(run, blocks, plan, tmp_path):
    answers = ["\n".join(plan), "(pick-up a)", "I give up", "[NO PLAN]"]
    (tmp_path / "batch.jsonl").write_text("\n".join(line(blocks, a) for a in answers))
    ran = run("verify", "--batch", "batch.jsonl")
    documents = [json.loads(text) for text in ran.out.splitlines()]
    assert [d["verdict"] for d in documents] == ["accept", "reject", "unparseable", "unknown"]
    assert documents[0] == {"verdict": "accept", "plan": list(plan), "step": None, "critiques": []}
    assert documents[1]["step"] == 1
    assert documents[1]["critiques"][0]["code"] == "precondition-unmet"
    assert (ran.code, ran.err) == (0, "")


WORDS = {"actions": {"pick-up": "take {}"}, "objects": {"a": "the red one", "b": "the blue one"}}


def test_an_answer_in_the_words_of_a_phrase_table_is_read(run, blocks, tmp_path):
    (tmp_path / "words.json").write_text(json.dumps(WORDS))
    (tmp_path / "plan").write_text("1. Take the blue one.")
    (tmp_path / "batch.jsonl").write_text(line(blocks, "1. Take the blue one."))
    one = run("verify", *blocks, "plan", "--phrases", "words.json", "--json")
    many = run("verify", "--batch", "batch.jsonl", "--phrases", "words.json")
    assert json.loads(one.out) == json.loads(many.out)
    assert json.loads(one.out)["plan"] == ["(pick-up b)"]
    without = run("verify", *blocks, "plan", "--json")
    assert json.loads(without.out)["plan"] != ["(pick-up b)"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no object"),
        ('{"verbs": {}}', "verbs"),
        ('{"actions": {"pick-up": 3}}', "got 3"),
        ('{"pattern": "block"}', "wanted one {}"),
    ],
    ids=lambda text: text[:20],
)
def test_a_file_that_is_no_phrase_table_is_one_line_and_code_2(run, blocks, tmp_path, words, says):
    (tmp_path / "words.json").write_text(words)
    (tmp_path / "plan").write_text("(pick-up b)")
    ran = run("verify", *blocks, "plan", "--phrases", "words.json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err
    assert "words.json" in ran.err


MALFORMED = [
    "{",
    "[]",
    "[" * 100_000,
    '{"domain": "d"}',
    '{"domain": "nowhere", "problem": "nowhere", "answer": ""}',
    '{"domain": "\\u0000", "problem": "p", "answer": ""}',
    '{"domain": "\\ud800", "problem": "p", "answer": ""}',
    '{"domain": "d", "problem": "p", "answer": 3}',
]


@pytest.mark.parametrize("malformed", MALFORMED, ids=lambda text: text[:20])
def test_a_malformed_line_is_told_on_its_line_and_the_rest_goes_on(
    run, blocks, plan, tmp_path, malformed
):
    right = line(blocks, "\n".join(plan))
    (tmp_path / "batch.jsonl").write_text(f"{right}\n\n{malformed}\n{right}\n")
    ran = run("verify", "--batch", "batch.jsonl")
    first, error, last = map(json.loads, ran.out.splitlines())
    assert first["verdict"] == last["verdict"] == "accept"
    assert error["error"]
    assert error["line"] == 3
    assert (ran.code, ran.err) == (2, "")


@pytest.mark.parametrize("failure", [CriticError("out of order"), LookupError("oh")])
def test_a_critic_that_breaks_is_told_on_its_line_and_never_a_verdict(
    run, blocks, plan, tmp_path, monkeypatch, failure
):
    judge = PlanCritic.judge

    async def sometimes(self, problem, candidate, ask):
        if len(candidate.solution) == 1:
            raise failure
        return await judge(self, problem, candidate, ask)

    monkeypatch.setattr(PlanCritic, "judge", sometimes)
    answers = ["(pick-up b)", "\n".join(plan), ""]
    (tmp_path / "batch.jsonl").write_text("\n".join([*(line(blocks, a) for a in answers), "{"]))
    ran = run("verify", "--batch", "batch.jsonl")
    broken, accepted, *_ = map(json.loads, ran.out.splitlines())
    assert set(broken) == {"error", "line"}
    assert str(failure) in broken["error"]
    assert accepted["verdict"] == "accept"
    assert ran.code == 30


def test_paths_are_looked_up_beside_the_batch_file_first(run, blocks, plan, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "d.pddl").write_text(blocks[0].read_text())
    (tmp_path / "p.pddl").write_text(blocks[1].read_text())
    (tmp_path / "d.pddl").write_text("(never read)")
    entry = line(blocks, "\n".join(plan), domain="d.pddl", problem="p.pddl")
    (folder / "batch.jsonl").write_text(entry)
    ran = run("verify", "--batch", "elsewhere/batch.jsonl")
    assert json.loads(ran.out)["verdict"] == "accept"


def test_a_batch_is_judged_line_by_line_as_it_comes(blocks):
    asked = []

    def lines():
        for number in range(3):
            asked.append(number)
            yield b"{"

    with Judge.of("planning") as judge:
        answers = judged_lines(lines(), judge, lambda *_: None)
        next(answers)
        assert asked == [0]
        assert next(answers)[1] is Exit.USAGE
        assert asked == [0, 1]


def test_each_problem_of_a_batch_is_read_once(run, blocks, plan, tmp_path, monkeypatch):
    from soundly.cli import batch

    read = []
    original = batch.problem_in_files
    monkeypatch.setattr(
        batch, "problem_in_files", lambda *a, **k: (read.append(a), original(*a, **k))[1]
    )
    (tmp_path / "batch.jsonl").write_text("\n".join([line(blocks, "\n".join(plan))] * 200))
    ran = run("verify", "--batch", "batch.jsonl")
    assert ran.out.count("accept") == 200
    assert len(read) == 1
