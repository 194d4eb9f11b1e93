"""The class of a difference from a label: what no class explains is said to be unexplained."""

from __future__ import annotations

import pytest

from soundly.bench.planbench.comparing import compared_answers
from soundly.bench.planbench.layout import Layout

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")

RIGHT = "press the red lamp\npass on from the red lamp to the blue lamp\n"
AGAIN = RIGHT + "press the red lamp\n"
BLUE = "press the blue lamp\n"
THEIRS = {
    "right": "(press red)\n(pass-on red blue)\n",
    "right in another way": "(press red)\n(press blue)\n",
    "right and longer": "(press red)\n(pass-on red blue)\n(pass-on red blue)\n",
    "blue alone": "(press blue)\n",
    "red alone": "(press red)\n",
}


def found(bench, entry, text, theirs, **where):
    label = where.pop("label")
    extracted = THEIRS.get(theirs, theirs)
    bench.result(
        entry(
            llm_raw_response=f"{text}[PLAN END]", extracted_llm_plan=extracted, llm_correct=label
        ),
        **where,
    )
    (compared,) = compared_answers(Layout.of(bench.folder), [])
    return compared.found


@pytest.mark.parametrize(
    ("theirs", "task", "name"),
    [
        ("right", "task_1_plan_generation", "unexplained"),
        ("right", "task_2_plan_optimality", "label asks for more"),
        ("right in another way", "task_1_plan_generation", "unexplained"),
        ("blue alone", "task_1_plan_generation", "their plan differs"),
    ],
)
def test_what_we_accept_and_the_label_does_not(bench, entry, theirs, task, name):
    assert found(bench, entry, RIGHT, theirs, task=task, label=False) == name


@pytest.mark.parametrize(
    ("text", "theirs", "name"),
    [
        (BLUE, "blue alone", "unexplained"),
        (BLUE, "red alone", "unexplained"),
        (AGAIN, "red alone", "unexplained"),
        ("Hm.\n", "right", "unexplained"),
        (AGAIN, "right", "they dropped a step"),
        (AGAIN, "right and longer", "unexplained"),
        (f"[PLAN]\n{RIGHT}[PLAN]\n{BLUE}", "right", "another plan counts"),
    ],
)
def test_what_the_label_accepts_and_we_do_not(bench, entry, text, theirs, name):
    assert found(bench, entry, text, theirs, label=True) == name


@pytest.mark.parametrize("label", [True, False])
def test_a_plan_of_a_set_without_solutions_is_told_whatever_the_label_is(bench, entry, label):
    bench.config("unsolvable_lamps")
    assert (
        found(bench, entry, RIGHT, "right", name="unsolvable_lamps", label=label) == "a plan exists"
    )
