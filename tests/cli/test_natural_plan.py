"""`soundly bench import-natural-plan`: the table, the document, the faults, the exit code."""

from __future__ import annotations

import json

ITEM = {
    "cities": "Oslo**Rome",
    "durations": "2**3",
    "golden_plan": "Day 1-2: Visit Oslo.\nDay 2: Fly from Oslo to Rome.\nDay 2-4: Visit Rome.",
    "pred_5shot_pro": "Day 1-2: Visit Oslo.\nDay 2-4: Visit Rome.",
    "prompt_0shot": (
        "You plan to visit 2 European cities for 4 days in total. You want to spend 2 days in "
        "Oslo. You would like to visit Rome for 3 days.\n\nHere are the cities that have direct "
        "flights:\nOslo and Rome.\n\nFind a trip plan."
    ),
}


def test_both_figures_stand_side_by_side(run, tmp_path):
    """The stays alone make a trip, and the official rule wants the flights."""
    (tmp_path / "trips.json").write_text(json.dumps({"t": ITEM}))
    ran = run("bench", "import-natural-plan", "trips.json")
    assert (ran.code, ran.err) == (0, "")
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["trip-planning", "golden_plan", "1", "1", "1", "1", "0", "0"] in lines
    assert ["trip-planning", "pred_5shot_pro", "1", "1", "0", "0", "0", "0"] in lines


def test_a_fault_is_named_and_ends_with_code_2(run, tmp_path):
    """The item that can be read is scored all the same, and the document says both."""
    odd = {**ITEM, "durations": [2, 3]}
    (tmp_path / "trips.json").write_text(json.dumps({"t": ITEM, "odd": odd}))
    ran = run("bench", "import-natural-plan", "trips.json", "--json", "--out", "there")
    assert ran.code == 2
    assert ran.err == "soundly: trips.json: odd: durations: a list came, wanted a text\n"
    document = json.loads(ran.out)
    assert document == json.loads((tmp_path / "there/summary.json").read_text())
    assert (document["items"], document["skipped"]) == (1, 1)
