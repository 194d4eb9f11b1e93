"""Every stored answer judged again, counted by domain and model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from soundly.bench.planbench.rejudging import Group, rejudge
from soundly.core.errors import UsageError

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
pytest.importorskip("scipy", reason="intervals need scipy")

ROW = Group("lamps", "model-1")


def test_ours_and_theirs_are_counted_beside_each_other_with_the_class_of_a_difference(
    bench, entry, wrong
):
    bench.result(
        entry(),
        entry(llm_raw_response=wrong, llm_correct=False),
        entry(llm_correct=False, extracted_llm_plan="(pass-on red blue)"),
    )
    row = rejudge(bench.folder).rows[ROW]
    assert (row.answers, row.ours, row.labelled, row.theirs) == (3, 2, 3, 1)
    assert dict(row.differences) == {"their plan differs": 1}


def test_an_answer_without_a_label_counts_for_us_alone(bench, entry):
    bench.result(entry(llm_correct=None))
    row = rejudge(bench.folder).rows[ROW]
    assert (row.ours, row.labelled, row.differences.total()) == (1, 0, 0)
    assert row.document()["theirs"]["share"] is None


def test_tasks_share_a_row_unless_they_are_asked_for(bench, entry):
    bench.result(entry())
    bench.result(entry(), task="task_1_plan_generation_zero_shot")
    assert rejudge(bench.folder).rows[ROW].answers == 2
    tasks = {group.task for group in rejudge(bench.folder, by_task=True).rows}
    assert tasks == {"task_1_plan_generation", "task_1_plan_generation_zero_shot"}


def test_of_a_conversation_the_last_answer_counts(bench, entry, wrong):
    says = {"role": "user", "content": "Light both lamps."}
    answers = [
        {"role": "assistant", "content": text} for text in (wrong, entry()["llm_raw_response"])
    ]
    talk = {"instance_id": 1, "messages": [says, answers[0], says, answers[1]], "correct": True}
    bench.result(talk, task="task_1_plan_generation_backprompting")
    row = rejudge(bench.folder).rows[ROW]
    assert (row.answers, row.ours, row.theirs) == (1, 1, 1)


def test_what_cannot_be_judged_is_named_and_is_no_wrong_answer(bench, entry):
    bench.result(entry(), entry(instance_id=None), "no object")
    found = rejudge(bench.folder)
    row = found.rows[ROW]
    assert (row.answers, row.ours, row.skipped) == (1, 1, 1)
    assert [(each.entry, each.field, each.skipped) for each in found.oddities] == [
        (1, "instance_id", 1),
        (2, "instances", 1),
    ]


def test_what_is_no_plan_is_counted_by_its_kind_and_is_not_accepted(bench, entry):
    claim = "This problem has no solution: the goal cannot be reached."
    bench.result(
        entry(llm_raw_response="Hm.", llm_correct=False),
        entry(llm_raw_response="Well.", llm_correct=False),
        entry(llm_raw_response=claim, llm_correct=False),
        entry(),
    )
    row = rejudge(bench.folder).rows[ROW]
    assert (row.answers, row.ours, row.unreadable, row.claimed) == (4, 1, 2, 1)


def test_the_total_is_the_sum_of_all_rows_with_their_differences(bench, entry, wrong):
    differs = entry(llm_correct=False, extracted_llm_plan="(pass-on red blue)")
    unlabelled = entry(llm_correct=None)
    for model in ("model-1", "model-2"):
        bench.result(entry(), differs, unlabelled, entry(instance_id=77), model=model)
    document = rejudge(bench.folder).document()["total"]
    assert (document["answers"], document["skipped"]) == (6, 2)
    assert document["differences"] == {"their plan differs": 2}
    ours, theirs = document["ours"], document["theirs"]
    assert (ours["count"], ours["of"], ours["share"]) == (6, 6, 1.0)
    assert (theirs["count"], theirs["of"], theirs["share"]) == (2, 4, 0.5)
    assert theirs["at_least"] < 0.5 < theirs["at_most"]


def test_an_answer_is_read_from_the_response_where_it_stands_nowhere_else(bench, entry):
    text = entry()["llm_raw_response"]
    bench.result(entry(llm_raw_response=None, response_object={"response": text}))
    assert rejudge(bench.folder).rows[ROW].ours == 1


def test_a_file_that_is_half_written_is_named_and_the_others_are_judged(bench, entry):
    path = bench.result(entry(), model="model-2")
    path.write_text(path.read_text()[:-20])
    bench.result(entry())
    found = rejudge(bench.folder)
    assert list(found.rows) == [ROW]
    assert "only the beginning of it" in found.oddities[0].message
    assert found.oddities[0].file.endswith("model-2/task_1_plan_generation.json")


def test_a_folder_that_is_no_planbench_is_refused(tmp_path):
    with pytest.raises(UsageError, match="is no PlanBench: it is empty"):
        rejudge(tmp_path)


def test_the_real_answers_differ_from_their_labels_only_in_ways_that_are_explained(planbench):
    found = rejudge(planbench)
    total = found.total
    assert total.answers > 6_000
    assert "unexplained" not in total.differences
    assert found.rows[Group("logistics", "o1-preview_chat")].accuracy.count == 188
    assert total.ours - total.theirs == sum(
        number if name in GAINED else -number for name, number in total.differences.items()
    )


def test_the_page_says_what_the_data_say(planbench):
    found = rejudge(planbench)
    said = {
        (name, model): (int(answers), share)
        for name, model, answers, share in ROWS.findall(PAGE.read_text("utf-8"))
    }
    assert said == {
        (group.set, group.model): (row.answers, f"{row.ours / row.answers:.1%}")
        for group, row in found.rows.items()
    }


PAGE = Path(__file__).parents[3] / "docs" / "recorded-models.md"
ROWS = re.compile(r"^\| (\w+) \| ([\w.-]+) \| (\d+) \| (\S+%) \(", re.MULTILINE)

GAINED = {"their plan differs", "label asks for more", "their facts differ"}
"""Classes in which we accept what the label does not."""
