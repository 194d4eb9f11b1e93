"""What an import finds, counts and writes, on a small PlanBench of our own."""

from __future__ import annotations

import json
import shutil

import pytest

from soundly.bench.planbench.importing import import_planbench
from soundly.bench.planbench.oddity import told
from soundly.core.completion import Message, Request
from soundly.core.errors import CriticError, UsageError
from soundly.generators.recorded import Recorded

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")

UNMET = """The above plan is invalid. The following action at step 1 has an unmet precondition:
pass on from the red lamp to the blue lamp
The unmet precondition is:
the red lamp is lit"""


def imported(bench, tmp_path):
    return import_planbench(bench.folder, tmp_path / "out")


def lines(tmp_path, name):
    return [json.loads(line) for line in (tmp_path / "out" / name).read_text().splitlines()]


def test_an_answer_in_the_words_of_its_config_is_judged_and_compared(bench, entry, wrong, tmp_path):
    theirs = {"llm_correct": False, "extracted_llm_plan": "(pass-on a b)"}
    bench.result(entry(), entry(llm_raw_response=wrong, **theirs))
    total = imported(bench, tmp_path).tally.total
    assert (total.answers, total.accepted, total.rejected) == (2, 1, 1)
    assert (total.right, total.agree, total.differ, total.skipped) == (1, 2, 0, 0)


def test_nothing_odd_means_no_oddities(bench, entry, tmp_path):
    bench.result(entry())
    assert imported(bench, tmp_path).oddities == ()


def test_a_judged_line_holds_verdict_reasons_label_and_class(bench, entry, wrong, tmp_path):
    bench.result(entry(llm_raw_response=wrong))
    imported(bench, tmp_path)
    (line,) = lines(tmp_path, "judged.jsonl")
    assert (line["verdict"], line["label"]) == ("reject", True)
    assert line["answer"] == ["(pass-on a b)"]
    assert line["critiques"][0]["code"] == "precondition-unmet"
    assert line["theirs"] == ["(press a)", "(pass-on a b)"]
    assert line["theirs_accepted"] is True
    assert (line["model"], line["set"], line["entry"]) == ("model-1", "lamps", 0)


def test_every_judged_line_names_a_problem_and_a_recording_that_are_written(bench, entry, tmp_path):
    bench.result(entry(), entry(instance_id=2))
    imported(bench, tmp_path)
    problems = {line["sha256"] for line in lines(tmp_path, "problems.jsonl")}
    recordings = {line["request_sha256"] for line in lines(tmp_path, "answers/model-1.jsonl")}
    for line in lines(tmp_path, "judged.jsonl"):
        assert line["problem_sha256"] in problems
        assert line["request_sha256"] in recordings


@pytest.mark.anyio
async def test_the_answers_are_replayed_by_the_recorded_generator(bench, entry, tmp_path):
    """With the tokens and dollars that are stored, in the order of the file."""
    response = {
        "choices": [{"finish_reason": "stop", "message": {"content": "x"}}],
        "created": 1727129528,
        "model": "model-1-2024",
        "usage": {
            "prompt_tokens": 20,
            "completion_tokens": 9,
            "completion_tokens_details": {"reasoning_tokens": 7},
        },
        "costs": {"total": 0.5},
    }
    bench.result(entry(response_object=response), entry(llm_raw_response="again"))
    imported(bench, tmp_path)
    model = Recorded(tmp_path / "out/answers/model-1.jsonl")
    request = Request((Message("user", "Light both lamps."),))
    first, second = await model.complete(request), await model.complete(request)
    assert (first.usage.input_tokens, first.usage.reasoning_tokens) == (20, 7)
    assert (first.dollars, first.price_date, first.model) == (0.5, "2024-09-23", "model-1")
    assert (second.text, second.dollars) == ("again", None)


def test_dollars_of_zero_are_an_unknown_price(bench, entry, tmp_path):
    bench.result(entry(response_object={"costs": {"total": 0}}))
    imported(bench, tmp_path)
    assert lines(tmp_path, "judged.jsonl")[0]["dollars"] is None


def test_every_turn_of_a_conversation_is_an_answer_and_only_the_last_has_their_label(
    bench, entry, wrong, tmp_path
):
    messages = [
        {"role": "user", "content": "Light both lamps."},
        {"role": "assistant", "content": wrong},
        {"role": "user", "content": None},
        {"role": "assistant", "content": entry()["llm_raw_response"]},
    ]
    bench.result(entry(messages=messages, llm_raw_response=None, llm_correct=None, correct=True))
    assert imported(bench, tmp_path).oddities == ()
    first, second = lines(tmp_path, "judged.jsonl")
    assert (first["turn"], first["verdict"], first["label"]) == (1, "reject", False)
    assert (second["turn"], second["verdict"], second["label"]) == (2, "accept", True)
    asked = lines(tmp_path, "answers/model-1.jsonl")[1]["request"]["messages"]
    assert [message["content"] for message in asked] == ["Light both lamps.", wrong, ""]


def test_an_answer_without_a_verdict_is_judged_and_neither_agrees_nor_differs(
    bench, entry, tmp_path
):
    bench.result(entry(llm_correct=None))
    found = imported(bench, tmp_path)
    total = found.tally.total
    assert (total.accepted, total.agree, total.differ, total.skipped) == (1, 0, 0, 0)
    assert "llm_correct" in told(found.oddities)[0]


@pytest.mark.parametrize(
    ("answer", "label", "ruling", "name"),
    [
        ("The above plan is valid.", False, "reject", "agree: not accepted"),
        ("The above plan is valid.", True, "reject", "unexplained"),
        (UNMET, True, "accept", "agree: accepted"),
        (f"{UNMET} and the blue lamp is lit", True, "reject", "explanation differs"),
        ("Who knows?", False, "unreadable", "agree: not accepted"),
    ],
)
def test_a_verdict_on_a_plan_counts_with_its_explanation(
    bench, entry, wrong, tmp_path, answer, label, ruling, name
):
    changes = {
        "query": f"[STATEMENT]\n[PLAN]\n{wrong}\n\n[VERIFICATION]",
        "llm_correct": None,
        "llm_correct_binary": True,
        "llm_correct_w_expl": label,
        "extracted_llm_plan": {"valid": True},
    }
    bench.result(entry(llm_raw_response=answer, **changes), task="task_3_plan_verification")
    assert imported(bench, tmp_path).tally.total.answers == 1
    (line,) = lines(tmp_path, "judged.jsonl")
    assert (line["verdict"], line["label"], line["class"]) == (ruling, label, name)


@pytest.mark.parametrize(
    ("answer", "label", "theirs", "ruling", "name"),
    [
        ("the red lamp is lit", True, ["lit_a"], "accept", "agree: accepted"),
        ("the red lamp is lit", False, [], "accept", "their facts differ"),
        ("the red lamp is lit", False, ["lit_a"], "accept", "unexplained"),
        ("the blue lamp is lit", False, ["lit_b"], "reject", "agree: not accepted"),
        (
            "the red lamp is lit and the blue lamp is lit",
            True,
            ["lit_a"],
            "reject",
            "they dropped a fact",
        ),
    ],
)
def test_a_state_counts_when_it_is_the_one_after_the_plan(
    bench, entry, tmp_path, answer, label, theirs, ruling, name
):
    changes = {
        "query": "[ACTION SEQUENCE]\npress the red lamp\n[ACTION SEQUENCE END]\n[RESULTING STATE]",
        "llm_correct": label,
        "extracted_llm_plan": theirs,
        "ground_truth_plan": ["lit_a"],
    }
    bench.result(entry(llm_raw_response=answer, **changes), task="task_7_plan_execution")
    imported(bench, tmp_path)
    (line,) = lines(tmp_path, "judged.jsonl")
    assert (line["verdict"], line["class"]) == (ruling, name)
    assert line["problem_sha256"] in {each["sha256"] for each in lines(tmp_path, "problems.jsonl")}


@pytest.mark.parametrize(
    ("answer", "label", "ruling", "name"),
    [
        ("There is no plan that reaches the goal.", True, "claimed", "agree: claims no plan"),
        ("The problem is unsolvable.", False, "claimed", "claim in other words"),
        ("press the red lamp", False, "reject", "agree: no claim"),
        ("Well.", True, "unreadable", "phrase without a claim"),
    ],
)
def test_where_there_is_no_plan_their_phrase_is_compared_with_our_reading_of_a_claim(
    bench, entry, tmp_path, answer, label, ruling, name
):
    bench.config("unsolvable_lamps")
    bench.result(entry(llm_raw_response=answer, llm_correct=label), name="unsolvable_lamps")
    imported(bench, tmp_path)
    (line,) = lines(tmp_path, "judged.jsonl")
    assert (line["verdict"], line["class"]) == (ruling, name)


def test_the_problem_of_a_changed_task_is_the_one_that_its_prompt_states(bench, entry, tmp_path):
    query = (
        "[STATEMENT]\nAs initial conditions I have that, the red lamp is lit and the red lamp is "
        "wired to the blue lamp.\nMy goal is to have that the blue lamp is lit.\n"
    )
    answer = "pass on from the red lamp to the blue lamp"
    bench.result(entry(query=query, llm_raw_response=answer), task="task_4_plan_reuse")
    assert imported(bench, tmp_path).tally.total.accepted == 1


def test_prompts_and_instances_that_nobody_answered_are_kept_too(bench, entry, tmp_path):
    bench.write(
        "prompts/lamps/task_1_plan_generation.json",
        {"instances": [{"instance_id": 2, "query": "Light!", "ground_truth_plan": "(press a)"}]},
    )
    imported(bench, tmp_path)
    (prompt,) = lines(tmp_path, "prompts.jsonl")
    (problem,) = lines(tmp_path, "problems.jsonl")
    assert prompt["problem_sha256"] == problem["sha256"]
    assert problem["sets"] == ["lamps"]


def test_one_generations_folder_may_be_named_itself(bench, entry, tmp_path):
    bench.result(entry())
    found = import_planbench(bench.root, tmp_path / "out")
    assert found.tally.total.accepted == 1


def test_an_import_that_breaks_leaves_the_earlier_one_whole(bench, entry, tmp_path, monkeypatch):
    bench.result(entry())
    imported(bench, tmp_path)
    out = tmp_path / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def broken(answer):
        raise CriticError("it broke")

    monkeypatch.setattr("soundly.bench.planbench.importing.compare", broken)
    with pytest.raises(CriticError):
        imported(bench, tmp_path)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_two_imports_write_the_same_bytes(bench, entry, wrong, tmp_path):
    bench.result(entry(), entry(llm_raw_response=wrong))
    for name in ("one", "two"):
        import_planbench(bench.folder, tmp_path / name)
    one, two = tmp_path / "one", tmp_path / "two"
    for path in one.rglob("*.json*"):
        assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()


def test_an_output_that_is_a_file_is_refused_before_anything_is_read(bench, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="cannot write"):
        imported(bench, tmp_path)
    assert (tmp_path / "out").read_text() == "mine"


def test_real_answers_are_counted_without_loss(planbench, tmp_path):
    """One set of the real data: every entry is an answer, judged or skipped with a reason."""
    real = tmp_path / "real" / "llm_planning_analysis"
    source = planbench / "llm_planning_analysis"
    name = "blocksworld_3"
    (real / "results" / name).mkdir(parents=True)
    for folder in ("configs", "instances"):
        (real / folder).symlink_to(source / folder)
    for model in ("llama3-70b-8192_groq", "o1-mini_chat"):
        (real / "results" / name / model).symlink_to(source / "results" / name / model)
    found = import_planbench(tmp_path / "real", tmp_path / "out")
    total = found.tally.total
    assert (total.answers, total.skipped) == (300, 9)
    assert total.accepted + total.rejected + total.claimed + total.unreadable == 291
    assert total.agree + total.differ == 291
    assert found.tally.classes["unexplained"] == 0
    usage = [line["usage"] for line in lines(tmp_path, "judged.jsonl") if line["usage"]]
    assert len(usage) == 100


def test_real_verdicts_and_states_differ_from_their_labels_only_in_known_ways(planbench, tmp_path):
    real = tmp_path / "real" / "plan-bench"
    source = planbench / "plan-bench"
    results = real / "results" / "blocksworld_3"
    results.mkdir(parents=True)
    for folder in ("configs", "instances"):
        (real / folder).symlink_to(source / folder)
    (results / "text-davinci-002").symlink_to(source / "results/blocksworld_3/text-davinci-002")
    classes = import_planbench(tmp_path / "real", tmp_path / "out").tally.classes
    assert classes.pop("agree: accepted") + classes.pop("agree: not accepted") == 187
    assert classes == {
        "their facts differ": 11,
        "explanation differs": 1,
        "they dropped a fact": 1,
    }


def everything_in(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


OTHERS = (
    "summary.json",
    "problems.jsonl",
    "answers/model-1.jsonl",
    "phrases/llm_planning_analysis.lamps.json",
)


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("text", ["{}", "mine", '{"total": 3, "files": ["summary.json"]}'])
def test_a_file_of_somebody_else_is_not_written_over(bench, entry, tmp_path, name, text):
    bench.result(entry())
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(UsageError, match=r"import-planbench did not write it: name another folder"):
        imported(bench, tmp_path)
    assert everything_in(tmp_path / "out") == {path: text.encode()}


def test_a_link_that_leads_nowhere_is_somebody_elses_too(bench, entry, tmp_path):
    bench.result(entry())
    (tmp_path / "out").mkdir()
    (tmp_path / "out/judged.jsonl").symlink_to(tmp_path / "gone")
    with pytest.raises(UsageError, match=r"judged\.jsonl is there already"):
        imported(bench, tmp_path)


def test_an_import_is_written_over_by_the_next_one_beside_what_is_not_in_its_way(
    bench, entry, tmp_path
):
    bench.result(entry())
    imported(bench, tmp_path)
    first = everything_in(tmp_path / "out")
    (tmp_path / "out/notes.txt").write_text("mine")
    imported(bench, tmp_path)
    assert everything_in(tmp_path / "out") == first | {tmp_path / "out/notes.txt": b"mine"}


def test_a_file_that_the_earlier_import_did_not_write_is_not_its_own(bench, entry, tmp_path):
    bench.result(entry())
    imported(bench, tmp_path)
    (tmp_path / "out/answers/model-2.jsonl").write_text("mine")
    bench.result(entry(), model="model-2")
    with pytest.raises(UsageError, match=r"answers/model-2\.jsonl is there already"):
        imported(bench, tmp_path)


def test_whatever_an_import_writes_is_looked_for_before_it(bench, entry, tmp_path):
    bench.result(entry())
    written = imported(bench, tmp_path).files
    for name in written:
        elsewhere = tmp_path / "elsewhere"
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text("mine")
        with pytest.raises(UsageError, match="is there already"):
            import_planbench(bench.folder, elsewhere)
        shutil.rmtree(elsewhere)
