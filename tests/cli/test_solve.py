"""`soundly solve`: what it prints, what it leaves, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from soundly.core.certificate import Certificate
from soundly.generators.scripted import ScriptedBy
from soundly.kernel import recheck
from soundly.store import Store

BAD = "[PLAN]\n(pick-up a)\n(stack a b)\n[PLAN END]"


def test_an_answer_that_the_critic_accepts_ends_with_code_0_and_a_certificate_that_holds(
    run, blocks, script, plan, tmp_path
):
    ran = run("solve", *blocks, "--model", script("\n".join(plan)), "--strategy", "single",
              "--out", "out")  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert "SOLVED" in ran.out
    assert "re-checked" in ran.out
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "certificate.json", "outcome.json", "plan.pddl", "trace.jsonl"
    }  # fmt: skip
    assert recheck((tmp_path / "out" / "certificate.json").read_bytes()).claim == "solved"
    assert (tmp_path / "out" / "plan.pddl").read_text().splitlines() == list(plan)


def test_the_display_tells_the_candidate_the_failing_step_the_reason_and_the_cost(
    run, blocks, script
):
    ran = run("solve", *blocks, "--model", script(BAD), "--strategy", "single")
    assert ran.code == 11
    assert "✗ 1 (pick-up a)" in ran.out
    assert "rejected by plan-validator" in ran.out
    assert "(pick-up a) needs (clear a)" in ran.out
    assert "1 model call" in ran.out
    assert "NOT SOLVED" in ran.out


def test_when_the_rounds_run_out_the_planner_answers_and_is_given_the_credit(run, blocks, script):
    model = script(BAD, "I like blocks.")
    ran = run("solve", *blocks, "--model", model, "--strategy", "refine:rounds=2+kairos")
    assert ran.code == 0
    assert "by kairos, after 2 attempts of refine failed" in ran.out


def test_a_proof_of_unsolvability_ends_with_code_10_and_a_certificate(run, examples, tmp_path):
    folder = examples / "blocksworld"
    ran = run("solve", folder / "domain.pddl", folder / "impossible.pddl", "--strategy", "h2",
              "--out", "out")  # fmt: skip
    assert ran.code == 10
    assert "PROVED UNSOLVABLE" in ran.out
    assert recheck((tmp_path / "out" / "certificate.json").read_bytes()).claim == "unsolvable"
    assert not (tmp_path / "out" / "plan.pddl").exists()


def test_a_spent_budget_ends_with_code_20(run, blocks, script):
    ran = run("solve", *blocks, "--model", script(BAD, BAD), "--strategy", "refine:rounds=2",
              "--budget", "calls=1")  # fmt: skip
    assert ran.code == 20
    assert "BUDGET SPENT" in ran.out


def test_a_broken_part_ends_with_code_30_one_line_and_a_session_that_is_kept(run, blocks, script):
    ran = run("solve", *blocks, "--model", script({"error": "the wire is cut"}))
    assert ran.code == 30
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("soundly: error: ")
    assert "the wire is cut" in ran.err
    assert "broken" in run("trace").out


def test_json_is_one_object_on_standard_output_and_nothing_else(run, blocks, script, plan):
    model = script("\n".join(plan))
    ran = run("solve", *blocks, "--model", model, "--strategy", "single", "--json")
    document = json.loads(ran.out)
    assert ran.out.count("\n") == 1
    assert (ran.code, ran.err) == (0, "")
    assert document["status"] == "solved"
    assert document["plan"] == list(plan)
    assert document["spend"]["calls"] == 1
    assert recheck(Path(document["certificate"]["path"]).read_bytes()).claim == "solved"


def test_json_of_a_broken_session_says_what_it_cost(run, blocks, script):
    ran = run("solve", *blocks, "--model", script({"error": "no"}), "--json")
    document = json.loads(ran.out)
    assert ran.code == 30
    assert document["status"] == "broken"
    assert document["spend"]["calls"] == 1


def test_no_certificate_of_an_earlier_session_stands_beside_a_new_outcome(
    run, blocks, script, plan, tmp_path
):
    for reply, code in (("\n".join(plan), 0), (BAD, 11)):
        ran = run("solve", *blocks, "--model", script(reply), "--strategy", "single",
                  "--out", "out")  # fmt: skip
        assert ran.code == code
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"outcome.json", "trace.jsonl"}


def test_the_certificate_is_rechecked_from_the_file_and_not_from_memory(
    run, blocks, script, plan, monkeypatch
):
    written = Certificate.to_json
    monkeypatch.setattr(Certificate, "to_json", lambda c: written(c).replace("stack b c", "stack"))
    ran = run("solve", *blocks, "--model", script("\n".join(plan)), "--strategy", "single")
    assert ran.code == 11
    assert "is refused" in ran.err
    assert "SOLVED" not in ran.out


def test_a_family_draws_the_same_instance_for_the_same_seed(run):
    drawn = [
        json.loads(run("solve", "--family", "blocksworld", "--size", 4, "--seed", 1,
                       "--strategy", "kairos", "--json").out)["plan"]
        for _ in range(2)
    ]  # fmt: skip
    assert drawn[0] == drawn[1] != []


def test_ctrl_c_leaves_a_complete_ledger_one_line_with_the_bill_and_code_130(
    run, blocks, script, monkeypatch, tmp_path
):
    async def interrupted(_: float) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await anyio.sleep(60)

    model = ScriptedBy(lambda _: "", latency_seconds=60, sleep=interrupted)
    monkeypatch.setattr("soundly.config.generators.make_generator", lambda _: model)
    # a shell starts its background jobs with the signal ignored, and these tests may be one
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ran = run("solve", *blocks, "--model", "any", "--strategy", "refine+kairos")
    finally:
        signal.signal(signal.SIGINT, before)
    assert ran.code == 130
    assert ran.err.count("\n") == 1
    assert "1 model call" in ran.err
    with Store.open(tmp_path / "store.sqlite3") as store:
        (session,) = store.sessions()
        assert session.status == "cancelled"
        assert session.held.calls == 0
        assert session.spent.calls == 1
        assert session.spent.output_tokens == 1024
        assert session.session_id in ran.err


def test_a_reader_who_goes_away_ends_the_display_and_not_the_session(blocks, tmp_path):
    code = "import sys; from soundly.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "solve", *map(str, blocks), "--strategy", "kairos",
               "--out", "out", "--store", "store.sqlite3"]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
    assert recheck((tmp_path / "out" / "certificate.json").read_bytes()).claim == "solved"


def test_without_a_store_the_folder_holds_everything(run, blocks, tmp_path):
    ran = run("solve", *blocks, "--strategy", "kairos", "--no-store", "--out", "out")
    assert ran.code == 0
    assert not (tmp_path / "store.sqlite3").exists()
    assert "soundly trace" not in ran.out


def test_an_answer_cannot_send_control_characters_to_the_terminal(run, blocks, script):
    hostile = "\x1b[2J\x1b]0;title\x07 \x9b31m no plan here \u202e"
    ran = run("solve", *blocks, "--model", script(hostile), "--strategy", "single")
    assert ran.code == 11
    assert not set(ran.out) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("reply", ["", "\x00\ud800\x01", "(pick-up a) and so on " * 500_000])
def test_an_empty_a_binary_and_a_10_mb_completion_are_failed_attempts(run, blocks, script, reply):
    ran = run("solve", *blocks, "--model", script(reply), "--strategy", "single")
    assert (ran.code, ran.err) == (11, "")
    assert len(ran.out) < 10_000


def refused(*arguments: str, says: str) -> object:
    return pytest.param(arguments, says, id=" ".join(arguments) or "nothing")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        refused(says="no problem is given"),
        refused("{domain}", says="a problem file is missing"),
        refused("nowhere.pddl", "{problem}", says="nowhere.pddl: No such file"),
        refused("{domain}", ".", says="cannot read .: Is a directory"),
        refused("{domain}", "binary", says="not UTF-8"),
        refused("{domain}", "torn", says="torn, line 2, column 15"),
        refused("{domain}", "deep", says="nested deeper"),
        refused("{domain}", "{problem}", "--size", "3", says="--size draws"),
        refused("{domain}", "{problem}", "--family", "blocks", says="did you mean blocksworld"),
        refused("--family", "blocksworld", says="--size is missing"),
        refused("--family", "blocksworld", "--size", "1", says="2 to 200 blocks"),
        refused("--family", "planning", "--size", "3", says="draws no instances"),
        refused("{domain}", "{problem}", "--budget", "usd=0", says="allows nothing"),
        refused("{domain}", "{problem}", "--budget", "calls=-1", says="calls is -1"),
        refused("{domain}", "{problem}", "--budget", "euros=1", says="unknown budget limit"),
        refused("{domain}", "{problem}", "--strategy", "refin", says="did you mean refine"),
        refused("{domain}", "{problem}", "--strategy", "refine:rounds=x", says="a whole number"),
        refused(
            "--family", "coloring", "--size", "4", "--strategy", "refine:procedure=x", says="none"
        ),
        refused(
            *("--family", "blocksworld", "--size", "3"),
            *("--strategy", "kairos+single:procedure=progresion"),
            says="did you mean progression",
        ),
        refused("{domain}", "{problem}", "--model", "scrpited:x", says="did you mean scripted"),
        refused("{domain}", "{problem}", "--model", "groq:some", says="GROQ_API_KEY"),
        refused("{domain}", "{problem}", "--strategy", "kairos", "--out", "binary", says="binary"),
        refused("{domain}", "{problem}", "--strategy", "kairos", "--store", "deep", says="SQLite"),
        refused("{domain}", "{problem}", "--seed", "x", says="--seed"),
        refused("--modle", "x", says="--model"),
    ],
)
def test_input_that_cannot_be_used_is_refused_in_one_line_before_anything_is_spent(
    run, blocks, tmp_path, monkeypatch, arguments, says
):
    monkeypatch.delenv("GROQ_API_KEY", raising=False)
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    (tmp_path / "torn").write_text("(define\n  (problem x) (:domain\n")
    (tmp_path / "deep").write_text("(" * 100_000)
    names = {"domain": blocks[0], "problem": blocks[1]}
    ran = run("solve", *(argument.format(**names) for argument in arguments))
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("soundly: error: ")
    assert ran.err.count("\n") == 1
    assert says in ran.err
    store = tmp_path / "store.sqlite3"
    if store.exists():
        with Store.open(store) as opened:
            assert opened.sessions() == ()


def test_a_proof_is_called_proved_and_an_assertion_is_told_once(run, blocks, examples):
    domain, impossible = blocks[0], examples / "blocksworld" / "impossible.pddl"
    proved = run("solve", domain, impossible, "--strategy", "kairos+h2")
    assert "proved  by h2" in proved.out
    asserted = run("solve", domain, impossible, "--strategy", "kairos")
    ending = asserted.out[asserted.out.index("NOT SOLVED") :]
    assert ending.count("kairos: ") == 1
    assert "not proved" in ending


def test_an_option_that_the_strategy_refuses_is_no_broken_session(run, blocks, script):
    ran = run("solve", *blocks, "--strategy", "refine:rounds=0", "--model", script("x"))
    assert ran.code == 2
    assert "broke" not in ran.out


def test_a_script_without_a_reply_is_refused_before_the_session(run, blocks, tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n")
    ran = run("solve", *blocks, "--model", "scripted:empty.jsonl")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "holds no reply" in ran.err


UNSOLVABLE = (
    "solve", "--family", "game24", "--size", "4", "--unsolvable", "--strategy",
    "arithmetic-exhaustion", "--out", "out",
)  # fmt: skip


def test_an_unsolvable_draw_ends_with_code_10_and_a_proof_that_holds(run, tmp_path):
    assert run(*UNSOLVABLE).code == 10
    assert recheck((tmp_path / "out" / "certificate.json").read_bytes()).claim == "unsolvable"


def test_a_family_without_unsolvable_instances_says_so(run):
    ran = run("solve", "--family", "coin-flip", "--size", "3", "--unsolvable")
    assert ran.code == 2
    assert "'coin-flip' draws no unsolvable instances" in ran.err


def test_a_family_of_many_asks_for_which(run):
    ran = run("solve", "--family", "reasoning-gym", "--size", "3")
    assert (ran.code, "wanted reasoning-gym:NAME" in ran.err) == (2, True)


def test_unsolvable_does_not_go_with_files(run, blocks):
    ran = run("solve", *blocks, "--unsolvable")
    assert (ran.code, "--unsolvable draws an instance" in ran.err) == (2, True)


def test_an_answer_that_is_no_plan_is_not_kept_as_one(run, tmp_path):
    solve = ("solve", "--family", "game24", "--size", "3")
    assert run(*solve, "--strategy", "arithmetic-exhaustion", "--out", "out").code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "answer.txt", "certificate.json", "outcome.json", "trace.jsonl"
    }  # fmt: skip


def test_the_marks_around_an_answer_are_not_shown_as_lines_of_it(run, script):
    solve = ("solve", "--family", "coin-flip", "--size", "3", "--strategy", "single")
    ran = run(*solve, "--model", script("[ANSWER] yes or no [ANSWER END]"))
    assert "1 yes or no" in ran.out
    assert "[ANSWER" not in ran.out


def test_a_plan_to_be_judged_is_shown_with_its_problem(run, script):
    solve = ("solve", "--family", "blocksworld-verification", "--size", "4", "--strategy", "single")
    ran = run(*solve, "--model", script("valid"))
    assert "plan      (" in ran.out
    assert "the hand is empty, block" in ran.out, "facts are said in the words of the family"


def test_of_a_long_statement_whole_lines_are_shown_and_the_rest_is_counted(run, script):
    solve = ("solve", "--family", "sat", "--size", "40", "--strategy", "single")
    ran = run(*solve, "--model", script("no"))
    assert "p cnf 40 170" in ran.out
    assert "… 123 more lines" in ran.out
