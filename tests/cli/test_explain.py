"""`soundly explain`, and `soundly verify --explanation`: three facts and an exit code."""

from __future__ import annotations

import json

import pytest

from soundly.config.families import draw


@pytest.fixture
def said(tmp_path):
    """Writes an answer into the folder in which the command runs."""

    def write(text):
        (tmp_path / "answer").write_text(text)
        return "answer"

    return write


def lines(ran):
    return [line for line in ran.out.splitlines() if line.startswith(("answer", "chain", "leads"))]


def letters(chain, answer):
    """An answer to ``last-letters`` of size 2 and seed 1."""
    words = draw("last-letters", size=2, seed=1).statement["words"].split()
    given = [word[-1] for word in words]
    told = [
        f'The last letter of "{w}" is "{g}".' for w, g in zip(words, chain or given, strict=True)
    ]
    return "\n".join([*told, f"Answer: {answer or ''.join(given)}"])


def test_three_facts_stand_on_three_lines(run, said):
    ran = run("explain", "last-letters", said(letters(None, None)), "--size", 2, "--seed", 1)
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[-1] for line in lines(ran)][::2] == ["yes", "yes"]
    assert "chain right          ✔ yes · 2 stated states" in ran.out


def test_a_wrong_chain_under_a_right_answer_has_code_11_and_names_its_place(run, said):
    ran = run("explain", "last-letters", said(letters("qq", None)), "--size", 2, "--seed", 1)
    assert ran.code == 11
    right, chain, leads = lines(ran)
    assert "yes" in right
    assert "no" in chain
    assert "no" in leads
    assert "statement 1:" in ran.out


def test_a_wrong_answer_has_code_11(run, said):
    assert run("explain", "coin-flip", said("Answer: maybe"), "--size", 3).code == 11
    assert run("explain", "coin-flip", said(""), "--size", 3).code == 11


def test_json_has_the_facts_as_fields(run, said):
    ran = run(
        "explain", "last-letters", said(letters("qq", None)), "--size", 2, "--seed", 1, "--json"
    )
    document = json.loads(ran.out)
    assert document["problem"] == "last-letters-2-1"
    facts = document["explanation"]
    assert (facts["answer_right"], facts["chain_right"], facts["steps"]) == (True, False, 2)
    assert facts["faults"][0]["where"] == "statement 1"


@pytest.mark.parametrize(
    ("text", "reply", "code"),
    [
        ("[NO SOLUTION]", "claimed-unsolvable", 0),
        ("[ANSWER]1 + 1[/ANSWER]", "proposed", 11),
        ("[ANSWER]1 + 1[/ANSWER]\nThis solution is correct.", "argued", 11),
        ("I like cards.", "neither", 11),
    ],
)
def test_a_reply_to_an_unsolvable_problem_is_one_of_four(run, said, text, reply, code):
    shown = run("explain", "game24", said(text), "--size", 4, "--unsolvable")
    assert (shown.code, shown.err) == (code, "")
    assert reply in shown.out
    assert json.loads(
        run("explain", "game24", said(text), "--size", 4, "--unsolvable", "--json").out
    )["reply"] == reply  # fmt: skip


def test_replies_are_told_apart_where_no_explanation_can_be_followed(run, said):
    ran = run("explain", "coloring", said("[NO SOLUTION]"), "--size", 5, "--unsolvable", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["explanation"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["coloring", "answer", "--size", 5], "cannot follow explanations"),
        (["coin-flip", "answer", "--size", 3, "--unsolvable"], "without a solution"),
        (["coin-flip", "answer", "--size", 1], "size is 1"),
        (["coin-flip", "nowhere", "--size", 3], "cannot read nowhere"),
        (["coin-flip", "answer"], "--size"),
        (["planning", "answer", "--size", 3], "draws no instances"),
        (["coinflip", "answer", "--size", 3], "coin-flip"),
    ],
)
def test_bad_input_is_one_line_and_code_2(run, said, arguments, says):
    said("Answer: yes")
    ran = run("explain", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def plan_answer(plan, *, claim):
    body = "\n".join(f"{step}\nNow: {claim}" if n == 0 else step for n, step in enumerate(plan))
    return f"{body}\n\n[PLAN]\n" + "\n".join(plan) + "\n[PLAN END]"


@pytest.mark.parametrize(("claim", "code"), [("(holding d)", 0), ("(handempty)", 11)])
def test_verify_follows_the_explanation_of_a_plan(run, blocks, plan, said, claim, code):
    answer = said(plan_answer(plan, claim=claim))
    assert run("verify", *blocks, answer).code == 0
    ran = run("verify", *blocks, answer, "--explanation")
    assert ran.code == code
    assert "ACCEPTED" in ran.out
    assert len(lines(ran)) == 3
    assert ("state 1:" in ran.out) is (code == 11)


def test_verify_has_the_facts_as_fields_in_json_and_in_batches(run, blocks, plan, said, tmp_path):
    text = plan_answer(plan, claim="(handempty)")
    one = json.loads(run("verify", *blocks, said(text), "--explanation", "--json").out)
    assert one["explanation"]["answer_right"] is True
    assert one["explanation"]["chain_right"] is False
    assert one["explanation"]["faults"][0]["where"] == "state 1"
    entry = {"domain": str(blocks[0]), "problem": str(blocks[1]), "answer": text}
    (tmp_path / "batch").write_text(json.dumps(entry) + "\n")
    batch = run("verify", "--batch", "batch", "--explanation")
    assert batch.code == 0
    assert json.loads(batch.out) == one
    assert "explanation" not in json.loads(run("verify", "--batch", "batch").out)


def test_verify_says_no_more_than_the_verdict_of_an_answer_without_explanation(
    run, blocks, plan, said
):
    ran = run("verify", *blocks, said("\n".join(plan)), "--explanation")
    assert ran.code == 0
    assert ran.out.count("nothing to judge") == 2


def test_verify_refuses_a_family_that_cannot_follow_before_it_reads(run, blocks, said):
    name = "blocksworld-verification"
    ran = run("verify", *blocks, "nowhere", "--explanation", "--family", name)
    assert ran.code == 2
    assert "cannot follow explanations" in ran.err
