"""Natural Plan's files imported: both figures, what is skipped, what is written."""

import json

import pytest

from soundly.bench.naturalplan import GOLDEN, import_natural_plan

PROMPT = (
    "TASK: You need to schedule a meeting for Wilma and Otto for half an hour between the work "
    "hours of 9:00 to 17:00 on Monday. \n\nHere are the existing schedules for everyone during the "
    "day: \nWilma is busy on Monday during 9:00 to 10:00;\nOttohas no meetings the whole day.\n\n"
    "Find a time that works for everyone's schedule and constraints. \nSOLUTION: "
)
ITEM = {
    "prompt_0shot": PROMPT,
    "golden_plan": "Here is the proposed time: Monday, 10:00 - 10:30",
    "pred_5shot_pro": "Here is the proposed time: Monday, 11:00 - 11:30",
    "pred_other": "I do not know.",
}


@pytest.fixture
def files(tmp_path):
    """A file with one good item and one odd one, and a file that is none."""
    good, bad = tmp_path / "calendar.json", tmp_path / "bad.json"
    good.write_text(json.dumps({"a": ITEM, "b": {**ITEM, "prompt_0shot": 7}}))
    bad.write_text("[]")
    return good, bad


def test_both_figures_are_counted_for_each_model(files):
    """A right answer that is not the golden one is valid and no match."""
    rows = {row.answer_of: row for row in import_natural_plan(files).rows}
    counted = {name: (r.valid, r.exact_match, r.both, r.unreadable) for name, r in rows.items()}
    assert counted == {
        GOLDEN: (1, 1, 1, 0),
        "pred_5shot_pro": (1, 0, 0, 0),
        "pred_other": (0, 0, 0, 1),
    }


def test_an_odd_item_and_a_file_that_is_none_are_named_and_counted(files):
    """File, id and field; the good item stands."""
    imported = import_natural_plan([*files, files[0].with_name("absent.json")])
    assert len(imported.items) == 1
    named = [(each.source.rsplit("/")[-1], each.id, each.field) for each in imported.skipped]
    assert named == [
        ("calendar.json", "b", "prompt_0shot"),
        ("bad.json", "-", "file"),
        ("absent.json", "-", "file"),
    ]
    assert imported.document()["skipped"] == 3


def test_problems_and_scores_are_written(files, tmp_path):
    """Each score leads back to its problem."""
    import_natural_plan(files).write(tmp_path / "out")
    (problem,) = map(json.loads, (tmp_path / "out/problems.jsonl").read_text().splitlines())
    scores = [json.loads(line) for line in (tmp_path / "out/scores.jsonl").read_text().splitlines()]
    assert {each["problem_sha256"] for each in scores} == {problem["sha256"]}
    assert [each["verdict"] for each in scores] == ["accept", "accept", None]
    assert json.loads((tmp_path / "out/summary.json").read_text())["items"] == 1
